/** Every exit code that a command can end with; scripts rely on them (reference/commands.md §1.2). */
export const ExitCode = {
  ok: 0,
  /** What was to be compared differs; only where the user asked for it. */
  different: 1,
  /** A command line that the parser refuses. */
  usage: 2,
  /** The configuration cannot be loaded or is invalid; an unknown cluster. */
  invalidConfiguration: 3,
  /** The operation ran and failed, or a hook denied it. */
  commandFailure: 4,
  /** A policy hook was to be skipped. */
  invalidCommand: 5,
  /** A parameter that cannot be satisfied; nothing found. */
  invalidParameter: 6,
  /** The connection to the scheduler failed during a call that must not be repeated. */
  network: 7,
  timeout: 9,
  /** The scheduler answered with anything but OK. */
  api: 10,
  /** A defect of ours, or an unexpected final state. */
  internal: 20,
  auth: 30,
  interrupted: 130,
} as const

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]
