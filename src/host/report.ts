import {type AuroraError, HookDenied, InternalError} from '../model/errors.ts'
import type {ExitCode} from '../model/exit-code.ts'
import {safeText} from '../terminal/safe-text.ts'

/** What a person reads when a command fails. No stack, but for a defect of ours or under DEBUG. */
export function errorText(error: AuroraError): string {
  const lines = [safeText(error.message)]
  if (error.remedy) lines.push(safeText(error.remedy))
  if (error instanceof InternalError) lines[0] = `Internal error: ${lines[0]}`
  if (error instanceof InternalError || process.env['DEBUG']) lines.push(safeText(stackOf(error)))
  return `${lines.join('\n')}\n`
}

/** The same for a program. */
export function errorJson(error: AuroraError, exitCode: ExitCode = error.exitCode): object {
  return {
    code: error.code,
    fault: error.fault,
    exitCode,
    message: error.message,
    ...(error.remedy ? {remedy: error.remedy} : {}),
    ...(error instanceof HookDenied ? {failures: error.failures} : {}),
  }
}

function stackOf(error: AuroraError): string {
  const origin = error.cause instanceof Error ? error.cause : error
  return origin.stack ?? String(origin)
}
