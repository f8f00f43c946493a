import {Args, AuroraCommand, changeFlags} from '@auroractl/cli'
import {unlinkPlugin} from '../../operations/unlink.ts'

export default class PluginsUnlink extends AuroraCommand<{name: string}> {
  static override summary = 'Forget a linked plugin, what it was granted, and what it kept.'
  static override description = "The plugin's folder stays as it is. An installed plugin is removed by 'plugins uninstall'."
  static override examples = ['<%= config.bin %> <%= command.id %> my-hooks', '<%= config.bin %> <%= command.id %> ./my-hooks']
  static override args = {plugin: Args.string({required: true, description: 'the name of the plugin, or its folder'})}
  static override flags = changeFlags

  protected async execute(): Promise<{name: string}> {
    const {args} = await this.parse(PluginsUnlink)
    return this.operate(unlinkPlugin, {dataDir: this.config.dataDir, nameOrPath: args.plugin})
  }

  protected override render({name}: {name: string}): string {
    return `Unlinked ${name}\n`
  }
}
