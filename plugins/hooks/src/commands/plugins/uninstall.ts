import {Args, AuroraCommand, changeFlags, pluginManager} from '@auroractl/cli'
import {uninstallPlugin} from '../../operations/uninstall.ts'

export default class PluginsUninstall extends AuroraCommand<{name: string}> {
  static override summary = 'Remove an installed plugin, take its grants back, and remove what it kept.'
  static override examples = ['<%= config.bin %> <%= command.id %> aurora-change-freeze']
  static override args = {plugin: Args.string({required: true, description: 'the name of the plugin'})}
  static override flags = changeFlags

  protected async execute(): Promise<{name: string}> {
    const {args} = await this.parse(PluginsUninstall)
    const {staged} = await pluginManager()
    return staged(this.config.dataDir, (staging) => this.operate(uninstallPlugin, {staging, name: args.plugin}))
  }

  protected override render({name}: {name: string}): string {
    return `Uninstalled ${name}\n`
  }
}
