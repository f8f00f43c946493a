/** A configuration file that was read. */
export class SourceFile {
  /** Its real path. */
  readonly path: string
  /** Its name in messages. */
  readonly shown: string
  readonly bytes: Buffer

  constructor(path: string, shown: string, bytes: Buffer) {
    this.path = path
    this.shown = shown
    this.bytes = bytes
  }

  get text(): string {
    return this.bytes.toString('utf8')
  }
}
