import {Args, AuroraCommand, AuroraError, changeFlags, pluginManager} from '@auroractl/cli'
import {uninstallPlugin} from '../../operations/uninstall.ts'

export default class PluginsUninstall extends AuroraCommand<{name: string}> {
  static override summary = 'Remove an installed plugin, take its grants back, and remove what it kept.'
  static override examples = ['<%= config.bin %> <%= command.id %> aurora-change-freeze']
  static override args = {plugin: Args.string({required: true, description: 'the name of the plugin'})}
  static override flags = changeFlags

  protected async execute(): Promise<{name: string}> {
    const {args, flags} = await this.parse(PluginsUninstall)
    const {findPlugin, staged, uninstallPlugin: uninstall} = await pluginManager()
    const {dataDir} = this.config
    return staged(dataDir, (staging) =>
      this.operate(uninstallPlugin, {staging, name: args.plugin}).catch(async (thrown: unknown) => {
        // Hooks that cannot be ordered can be, once one of their plugins is gone.
        if (!(thrown instanceof AuroraError) || thrown.code !== 'hooks.cycle' || flags['dry-run']) throw thrown
        const {name, type} = await findPlugin(dataDir, args.plugin)
        if (type !== 'user') throw thrown
        this.warning(`No hook was asked: ${thrown.message}`)
        await uninstall(staging, name)
        return {name}
      }),
    )
  }

  protected override render({name}: {name: string}): string {
    return `Uninstalled ${name}\n`
  }
}
