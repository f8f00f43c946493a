/** Something that an operation, or one of its hooks, would do: what `--dry-run` shows. */
export interface PlannedEffect {
  /** What would be done, after "Would": `create west/www/prod/hello with 3 instances`. */
  text: string
  /** The call that would be sent: `createJob`, `PUT`, a command's name. */
  call?: string
  /** What would be changed: a job key, an address, a file. */
  target?: string
  /** What would be different afterwards, a line each, without colour: `- 3 instances`, `+ 5 instances`. */
  difference?: readonly string[]
  /** The hook that would do it. */
  hook?: string
}
