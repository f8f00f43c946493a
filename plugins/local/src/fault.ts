/**
 * A fault of the daemon that a person has to mend. The daemon does not carry the host's errors; whoever started it gets
 * these three texts and makes one of its own.
 */
export class Fault extends Error {
  readonly code: string
  readonly remedy: string
  constructor(message: string, code: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : {cause})
    this.name = 'Fault'
    this.code = code
    this.remedy = remedy
  }
}
