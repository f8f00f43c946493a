import {AuroraCommand, changeFlags, readCatalogue, safeLine} from '@auroractl/cli'
import {lockProject, type LockReport} from '../../operations/lock.ts'

export default class HooksLock extends AuroraCommand<LockReport> {
  static override summary = 'Write down which hooks run in this project: aurora-hooks.lock.'
  static override description =
    "Name, version, points, powers and digest of every hook of the installed plugins and of the project's file. Commit it: with --frozen, or AURORA_FROZEN=1, every command refuses to run with other hooks than these. The lock compares, it grants nothing."
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --dry-run']
  static override flags = changeFlags

  protected async execute(): Promise<LockReport> {
    await this.parse(HooksLock)
    const {dataDir} = this.config
    return this.operate(lockProject, {dataDir, operations: readCatalogue().operations, files: await this.hookFiles()})
  }

  protected override render({file, hooks, difference, written}: LockReport): string {
    if (!written) return `${file} is up to date: ${hooks} hooks\n`
    return [`Wrote ${file}: ${hooks} hooks`, ...difference.map((text) => `  ${text}`)].map((line) => `${safeLine(line)}\n`).join('')
  }
}
