import {Args, AuroraCommand, changeFlags, safeLine} from '@auroractl/cli'
import {type Revoked, revokeGrant} from '../../operations/revoke.ts'

export default class HooksRevoke extends AuroraCommand<Revoked> {
  static override summary = 'Take back what the hooks of a plugin or a file were granted.'
  static override description =
    "A hook without its grant is blocked: what it guards is denied until it is granted again, or its plugin is removed. To be rid of the hooks, use 'plugins uninstall' or 'plugins unlink'."
  static override examples = ['<%= config.bin %> <%= command.id %> my-hooks', '<%= config.bin %> <%= command.id %> my-hooks no-prod-kill']
  static override args = {
    from: Args.string({required: true, description: 'the name of the plugin, or the path of the file'}),
    hook: Args.string({description: 'one of its hooks; all of them when none is named'}),
  }
  static override flags = changeFlags

  protected async execute(): Promise<Revoked> {
    const {args} = await this.parse(HooksRevoke)
    return this.operate(revokeGrant, {dataDir: this.config.dataDir, subject: args.from, hook: args.hook})
  }

  protected override render({name, hook}: Revoked): string {
    return `${safeLine(`Took back what ${hook === undefined ? name : `${hook} of ${name}`} was granted`)}\n`
  }
}
