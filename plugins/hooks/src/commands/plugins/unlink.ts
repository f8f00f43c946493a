import {Args, AuroraCommand, AuroraError, changeFlags, pluginManager} from '@auroractl/cli'
import {unlinkPlugin} from '../../operations/unlink.ts'

export default class PluginsUnlink extends AuroraCommand<{name: string}> {
  static override summary = 'Forget a linked plugin, what it was granted, and what it kept.'
  static override description = "The plugin's folder stays as it is. An installed plugin is removed by 'plugins uninstall'."
  static override examples = ['<%= config.bin %> <%= command.id %> my-hooks', '<%= config.bin %> <%= command.id %> ./my-hooks']
  static override args = {plugin: Args.string({required: true, description: 'the name of the plugin, or its folder'})}
  static override flags = changeFlags

  protected async execute(): Promise<{name: string}> {
    const {args, flags} = await this.parse(PluginsUnlink)
    const {dataDir} = this.config
    return this.operate(unlinkPlugin, {dataDir, nameOrPath: args.plugin}).catch(async (thrown: unknown) => {
      // Hooks that cannot be ordered can be, once one of their plugins is gone.
      if (!(thrown instanceof AuroraError) || thrown.code !== 'hooks.cycle' || flags['dry-run']) throw thrown
      const manager = await pluginManager()
      const {name, type} = await manager.findPlugin(dataDir, args.plugin)
      if (type !== 'link') throw thrown
      this.warning(`No hook was asked: ${thrown.message}`)
      await manager.unlinkPlugin(dataDir, name)
      return {name}
    })
  }

  protected override render({name}: {name: string}): string {
    return `Unlinked ${name}\n`
  }
}
