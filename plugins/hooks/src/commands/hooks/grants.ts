import {AuroraCommand} from '@auroractl/cli'
import {type GrantReport, listGrants} from '../../operations/grants.ts'
import {grantsText} from '../../render/grants.ts'

export default class HooksGrants extends AuroraCommand<GrantReport[]> {
  static override summary = 'Show what is granted, to which plugins and files, and since when.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  protected async execute(): Promise<GrantReport[]> {
    await this.parse(HooksGrants)
    return this.operate(listGrants, {dataDir: this.config.dataDir})
  }

  protected override render(grants: GrantReport[]): string {
    return grantsText(grants)
  }
}
