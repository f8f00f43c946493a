import {Args, AuroraCommand, changeFlags, readCatalogue} from '@auroractl/cli'
import {linkPlugin} from '../../operations/link.ts'
import {pluginText} from '../../render/plugin.ts'
import type {PluginReport} from '../../report.ts'

export default class PluginsLink extends AuroraCommand<PluginReport> {
  static override summary = 'Link a plugin in a folder, and grant its hooks what they ask for.'
  static override description =
    'Shows the hooks that the plugin brings, where they run, and the powers that its manifest asks for; linking grants them. Nothing of the plugin is run, and its dependencies are not installed. When the plugin wants more later, link it again.'
  static override examples = ['<%= config.bin %> <%= command.id %> ./my-hooks']
  static override args = {path: Args.string({default: '.', description: 'the folder with the plugin'})}
  static override flags = changeFlags

  protected async execute(): Promise<PluginReport> {
    const {args} = await this.parse(PluginsLink)
    const {operations} = readCatalogue()
    return this.operate(linkPlugin, {dataDir: this.config.dataDir, path: args.path, operations})
  }

  protected override render(plugin: PluginReport): string {
    return `Linked ${pluginText(plugin)}`
  }
}
