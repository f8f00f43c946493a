/** How a sandbox child failed: it took too long, ran out of memory, died, or spoke nonsense. */
export type SandboxFailure = 'timeout' | 'memory' | 'crash' | 'protocol'

/** A sandbox child failed and is gone. Callers say which hook or file it was that did it. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError'
  readonly kind: SandboxFailure
  /** The beginning of what the child wrote to its standard error. */
  readonly stderr: string

  constructor(kind: SandboxFailure, message: string, stderr = '') {
    super(message)
    this.kind = kind
    this.stderr = stderr
  }
}

/** What the end of a child that nobody asked to end means. */
export function exitError(code: number | null, signal: NodeJS.Signals | null, stderr: string): SandboxError {
  if (signal === 'SIGXCPU') return new SandboxError('timeout', 'the sandbox used more processor time than it may', stderr)
  if (/out of memory|heap limit/i.test(stderr)) return new SandboxError('memory', 'the sandbox ran out of memory', stderr)
  return new SandboxError('crash', `the sandbox ended unexpectedly (${signal ?? `exit code ${code}`})`, stderr)
}
