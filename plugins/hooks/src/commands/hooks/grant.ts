import {Args, AuroraCommand, changeFlags, grantPlugin, readCatalogue, UserError} from '@auroractl/cli'
import {inspectInstalled} from '../../operations/inspect-installed.ts'
import {pluginText} from '../../render/plugin.ts'
import {type PluginReport, reportPlugin} from '../../report.ts'

export default class HooksGrant extends AuroraCommand<PluginReport> {
  static override summary = 'Grant the hooks of an installed plugin what its manifest asks for.'
  static override description = 'Shows it first, and asks. Until then the hooks are blocked, and what they guard is denied.'
  static override examples = ['<%= config.bin %> <%= command.id %> my-hooks']
  static override args = {plugin: Args.string({required: true, description: 'the name of the plugin'})}
  static override flags = {yes: changeFlags.yes}

  protected async execute(): Promise<PluginReport> {
    const {args} = await this.parse(HooksGrant)
    const {dataDir} = this.config
    const plugin = await inspectInstalled(dataDir, args.plugin, readCatalogue().operations)
    const report = reportPlugin(plugin)
    for (const line of pluginText(report).trimEnd().split('\n')) this.info(line)
    if (!(await this.confirm('Grant this?'))) throw new UserError('nothing was granted', {code: 'hooks.grant-declined'})
    await grantPlugin(dataDir, plugin)
    return report
  }

  protected override render({name}: PluginReport): string {
    return `Granted ${name} what its hooks ask for\n`
  }
}
