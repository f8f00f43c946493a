import {findCommand} from './find-command.ts'

export interface CommandRun {
  args: readonly string[]
  env: Readonly<Record<string, string>>
  /** The PATH in which the command is looked for. */
  path: string | undefined
  folder: string
  stdin?: string | undefined
  timeoutMs: number
  signal: AbortSignal
}

export interface CommandResult {
  /** null when a signal ended it. */
  exitCode: number | null
  stdout: string
  stderr: string
}

const MAX_OUTPUT = 1 << 20

/** Runs a command to its end: no shell, nothing inherited, and its whole process group killed when its time is over. @throws Error when it cannot be run to its end */
export async function runCommand(command: string, run: CommandRun): Promise<CommandResult> {
  const file = await findCommand(command, run.path)
  const {execa} = await import('execa')
  const result = await execa(file, run.args, {
    cwd: run.folder,
    env: run.env,
    extendEnv: false,
    preferLocal: false,
    shell: false,
    reject: false,
    ...(run.stdin === undefined ? {stdin: 'ignore' as const} : {input: run.stdin}),
    stripFinalNewline: false,
    maxBuffer: MAX_OUTPUT,
    timeout: run.timeoutMs,
    cancelSignal: run.signal,
    killSignal: 'SIGKILL',
    killDescendants: true,
  })
  if (result.timedOut || result.isCanceled) throw new Error('it took too long, and was killed')
  if (result.isMaxBuffer) throw new Error(`it wrote more than ${MAX_OUTPUT} characters, and was killed`)
  if (result.exitCode === undefined && result.signal === undefined) throw new Error(result.failed ? result.shortMessage : 'it did not end')
  return {exitCode: result.exitCode ?? null, stdout: result.stdout, stderr: result.stderr}
}
