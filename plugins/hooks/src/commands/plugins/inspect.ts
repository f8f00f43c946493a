import {Args, AuroraCommand, readCatalogue} from '@auroractl/cli'
import {inspectPlugin} from '../../operations/inspect.ts'
import {changesText, packageText} from '../../render/plugin.ts'
import type {PackageReport} from '../../report.ts'

export default class PluginsInspect extends AuroraCommand<PackageReport> {
  static override summary = 'Show what a plugin brings and asks for, without installing it.'
  static override description =
    'Its hooks and their powers, its commands and whatever else of it runs outside the sandbox, and its install scripts. Nothing of it is run.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> aurora-change-freeze',
    '<%= config.bin %> <%= command.id %> ./my-hooks --json',
  ]
  static override args = {
    plugin: Args.string({required: true, description: "the name of an installed plugin, a folder, or a package as for 'plugins install'"}),
  }

  protected async execute(): Promise<PackageReport> {
    const {args} = await this.parse(PluginsInspect)
    const {operations} = readCatalogue()
    return this.operate(inspectPlugin, {dataDir: this.config.dataDir, operations, subject: args.plugin})
  }

  protected override render(report: PackageReport): string {
    const changes = changesText(report.changes)
    return `${packageText(report)}${changes === '' ? '' : `Not granted yet (+), granted and no longer asked for (-):\n${changes}`}`
  }
}
