import {Args, AuroraCommand, type Profile} from '@auroractl/cli'
import {profileHooks} from '../../operations/profile.ts'
import {profileText} from '../../render/profile.ts'

export default class HooksProfile extends AuroraCommand<Profile> {
  static override summary = 'Show how long hooks took in past runs, and how much heap they used.'
  static override description = `From the journals of your runs, which are kept for a month: how often each hook was asked, denied and failed, the middle time, the time that 95 of 100 stayed below, and the longest; with its processor time, and the heap of its plugin after it. The slowest hook comes first.`
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> no-prod-kill --json']
  static override args = {hook: Args.string({description: 'The name of a hook.'})}

  protected async execute(): Promise<Profile> {
    const {args} = await this.parse(HooksProfile)
    return this.operate(profileHooks, {hook: args.hook})
  }

  protected override render(profile: Profile): string {
    return profileText(profile)
  }
}
