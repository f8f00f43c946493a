import {AuroraCommand, safeLine} from '@auroractl/cli'
import {type ListedPlugin, listPlugins} from '../../operations/installed.ts'

export default class Plugins extends AuroraCommand<ListedPlugin[]> {
  static override summary = 'List the plugins that you have installed or linked.'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  protected async execute(): Promise<ListedPlugin[]> {
    await this.parse(Plugins)
    return this.operate(listPlugins, {dataDir: this.config.dataDir})
  }

  protected override render(plugins: ListedPlugin[]): string {
    if (plugins.length === 0) return 'No plugin is installed.\n'
    const lines = plugins.map(({name, version, type, root, problem}) =>
      problem === undefined ? `${name} ${version} (${type}, ${root})` : `${name} cannot be read: ${problem}`,
    )
    return lines.map((line) => `${safeLine(line)}\n`).join('')
  }
}
