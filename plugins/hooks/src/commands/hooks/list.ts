import {AuroraCommand, readCatalogue} from '@auroractl/cli'
import {type HookList, listHooks} from '../../operations/list.ts'
import {hookTable} from '../../render/hook-table.ts'

export default class HooksList extends AuroraCommand<HookList> {
  static override summary = 'List the hooks of the installed plugins, in the order in which they run.'
  static override description =
    'A blocked hook cannot be asked, so what it guards is denied until its plugin is linked or granted again, or removed.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  protected async execute(): Promise<HookList> {
    await this.parse(HooksList)
    const list = await listHooks(this.config.dataDir, readCatalogue().operations)
    for (const problem of list.problems) this.warning(problem)
    return list
  }

  protected override render(list: HookList): string {
    return hookTable(list)
  }
}
