import {Args, changeFlags, Flags, pluginManager, readCatalogue, safeLine} from '@auroractl/cli'
import {updatePlugin, type UpdatedPlugin} from '../../operations/update.ts'
import {PluginCommand} from '../../plugin-command.ts'

export default class PluginsUpdate extends PluginCommand<UpdatedPlugin[]> {
  static override summary = 'Update installed plugins to their newest versions.'
  static override description =
    'A version that wants more than you have granted, brings further commands or further install scripts, is shown with the difference, and you are asked; when you decline, the old version stays. A plugin that was installed with a tag or a version follows that.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> aurora-change-freeze --dry-run']
  static override args = {plugin: Args.string({description: 'the name of the plugin; all of them when none is named'})}
  static override flags = {
    ...changeFlags,
    'allow-scripts': Flags.boolean({summary: 'Run the install scripts of what is updated, with all your powers.'}),
  }

  protected async execute(): Promise<UpdatedPlugin[]> {
    const {args, flags} = await this.parse(PluginsUpdate)
    const {operations} = readCatalogue()
    const {dataDir} = this.config
    const {findPlugin, installedPlugins, staged} = await pluginManager()
    const named = args.plugin === undefined ? await installedPlugins(dataDir) : [await findPlugin(dataDir, args.plugin)]
    const updated: UpdatedPlugin[] = []
    for (const plugin of named.filter(({type}) => type === 'user')) {
      const input = {plugin, operations, allowScripts: flags['allow-scripts'], approve: this.approve}
      updated.push(await staged(dataDir, (staging) => this.operate(updatePlugin, {staging, ...input})))
    }
    return updated
  }

  protected override render(plugins: UpdatedPlugin[]): string {
    if (plugins.length === 0) return 'No plugin is installed from a registry.\n'
    const lines = plugins.map(({name, from, version, updated}) =>
      updated ? `Updated ${name} from ${from} to ${version}` : `${name} ${version} is the newest`,
    )
    return lines.map((line) => `${safeLine(line)}\n`).join('')
  }
}
