import {ExitCode} from './exit-code.ts'

/** Whose problem an error is. */
export type Fault = 'user' | 'scheduler' | 'hook' | 'internal'

export interface ErrorOptions {
  /** Stable, dotted, for scripts: `cluster.unknown`. */
  code: string
  exitCode?: ExitCode
  /** What the user can do next, one sentence or command. */
  remedy?: string
  cause?: unknown
}

/** An error that says whose problem it is, how the command ends, and what to do next. */
export abstract class AuroraError extends Error {
  abstract readonly fault: Fault
  readonly code: string
  readonly exitCode: ExitCode
  readonly remedy: string | undefined

  constructor(message: string, options: ErrorOptions, exitCode: ExitCode) {
    super(message, options.cause === undefined ? undefined : {cause: options.cause})
    this.name = new.target.name
    this.code = options.code
    this.exitCode = options.exitCode ?? exitCode
    this.remedy = options.remedy
  }
}

/** The caller can mend it: a bad argument, a missing file, an invalid configuration. Exit code 6 unless another is given. */
export class UserError extends AuroraError {
  readonly fault = 'user'
  constructor(message: string, options: ErrorOptions) {
    super(message, options, ExitCode.invalidParameter)
  }
}

/** The scheduler refused, failed, or could not be reached. Exit code 10 unless another is given. */
export class SchedulerError extends AuroraError {
  readonly fault = 'scheduler'
  /** `maybe`: the call may have taken effect, since it may have been sent and its answer was lost. */
  readonly sent: 'no' | 'maybe' | 'answered'
  constructor(message: string, options: ErrorOptions & {sent?: 'no' | 'maybe' | 'answered'}) {
    super(message, options, ExitCode.api)
    this.sent = options.sent ?? 'answered'
  }
}

export interface HookFailure {
  hook: string
  /** Where the hook comes from: `plugin team-guard`, `project /home/me/shop/aurora.yaml`. */
  source: string
  reason: string
}

/** Hooks denied the operation, or could not be asked (which denies, too). */
export class HookDenied extends AuroraError {
  readonly fault = 'hook'
  readonly failures: readonly HookFailure[]
  constructor(message: string, options: ErrorOptions & {failures: readonly HookFailure[]}) {
    super(message, options, ExitCode.commandFailure)
    this.failures = options.failures
  }
}

/** A defect of ours. */
export class InternalError extends AuroraError {
  readonly fault = 'internal'
  constructor(message: string, options: Partial<ErrorOptions> = {}) {
    super(
      message,
      {code: 'internal', remedy: 'Please report it with the output of the same command under DEBUG=aurora.', ...options},
      ExitCode.internal,
    )
  }
}

/** What the operating system refuses to anybody in the user's place: a folder that is not theirs, a full disk. */
const REFUSALS: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE'])

function refusalOfSystem(error: Error): UserError | undefined {
  if (!('syscall' in error) || !('code' in error) || !REFUSALS.has(error.code)) return undefined
  const options = {code: `system.${String(error.code).toLowerCase()}`, exitCode: ExitCode.commandFailure, cause: error}
  return new UserError(error.message, {
    ...options,
    remedy: 'See that the folder is yours and writable; HOME and the XDG variables say which ones are used.',
  })
}

/** Anything thrown, as one of ours. */
export function asAuroraError(thrown: unknown): AuroraError {
  if (thrown instanceof AuroraError) return thrown
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const refusal = refusalOfSystem(error)
  if (refusal) return refusal
  return new InternalError(error.message, {cause: error})
}
