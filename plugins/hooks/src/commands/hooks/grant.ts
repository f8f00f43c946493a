import {Args, changeFlags, readCatalogue} from '@auroractl/cli'
import {grantHooks} from '../../operations/grant.ts'
import {PluginCommand} from '../../plugin-command.ts'
import type {PluginReport} from '../../report.ts'

export default class HooksGrant extends PluginCommand<PluginReport> {
  static override summary = 'Grant the hooks of a plugin what they ask for.'
  static override description =
    'Shows it first, with what is new (+) and what is gone (-) since the last grant, and asks. Until then the hooks are blocked, and what they guard is denied.'
  static override examples = ['<%= config.bin %> <%= command.id %> my-hooks', '<%= config.bin %> <%= command.id %> my-hooks --yes']
  static override args = {plugin: Args.string({required: true, description: 'the name of the plugin, or its folder'})}
  static override flags = changeFlags

  protected async execute(): Promise<PluginReport> {
    const {args} = await this.parse(HooksGrant)
    const {operations} = readCatalogue()
    return this.operate(grantHooks, {dataDir: this.config.dataDir, operations, subject: args.plugin, approve: this.approve})
  }

  protected override render({name}: PluginReport): string {
    return `Granted ${name} what its hooks ask for\n`
  }
}
