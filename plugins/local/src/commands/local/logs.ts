import {AuroraCommand, Flags, safeText} from '@auroractl/cli'
import {localLogs} from '../../operations/logs.ts'
import {clusterFlags, placeOf} from '../../place-of.ts'

export default class LocalLogs extends AuroraCommand<{lines: string[]}> {
  static override summary = "Show the local scheduler's log."
  static override description = "The log of the scheduler itself. For what the processes of a job print, see 'local output'."
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --follow']
  static override flags = {
    ...clusterFlags,
    lines: Flags.integer({char: 'n', default: 50, min: 0, summary: 'How many lines, from the end.'}),
    follow: Flags.boolean({char: 'f', summary: 'Go on with what is written from now on.', exclusive: ['json']}),
  }

  protected async execute(): Promise<{lines: string[]}> {
    const {flags} = await this.parse(LocalLogs)
    const lines: string[] = []
    // Whoever reads has read enough: `… --follow | head`.
    const unread = new AbortController()
    process.stdout.once('error', () => unread.abort())
    await this.operate(localLogs, {
      place: placeOf(flags.name),
      lines: flags.lines,
      follow: flags.follow,
      unread: unread.signal,
      tell(line) {
        if (flags.json) lines.push(line)
        else process.stdout.write(`${safeText(line)}\n`)
      },
    })
    return {lines}
  }
}
