import {AuroraCommand, readCatalogue} from '@auroractl/cli'
import {type HookList, hookList} from '../../operations/list.ts'
import {hookTable} from '../../render/hook-table.ts'

export default class HooksList extends AuroraCommand<HookList> {
  static override summary = 'List the hooks of plugins, of the project and of the site, in the order in which they run.'
  static override description = `A blocked hook cannot be asked, so what it guards is denied until it is granted, or its plugin removed. The project is that \
of the current folder. 'hooks explain' tells which of them run around one operation.`
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  protected async execute(): Promise<HookList> {
    await this.parse(HooksList)
    const {dataDir} = this.config
    return this.operate(hookList, {dataDir, operations: readCatalogue().operations, files: await this.hookFiles()})
  }

  protected override render(list: HookList): string {
    return hookTable(list)
  }
}
