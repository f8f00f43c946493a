import {AuroraCommand, jobKeyArg} from '@auroractl/cli'
import {givenFile, hookFileArg, killFlags, killOptions} from '../../kill-flags.ts'
import {killWholeJob} from '../../operations/killall.ts'
import type {KillResult} from '../../operations/kill-context.ts'

export default class JobKillall extends AuroraCommand<KillResult> {
  static override summary = 'Kill all instances of a job.'
  static override description = 'Kills every instance of the job, a batch at a time, and waits until all have ended.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> devcluster/www-data/prod/hello',
    '<%= config.bin %> <%= command.id %> devcluster/www-data/prod/hello --no-batching',
  ]
  static override args = {job: jobKeyArg({required: true}), file: hookFileArg}
  static override flags = killFlags

  protected async execute(): Promise<KillResult> {
    const {args, flags} = await this.parse(JobKillall)
    const file = givenFile(args.file, flags.config)
    const result = await this.operate(killWholeJob, {
      services: await this.services(),
      job: args.job,
      options: killOptions(flags, false),
      ...(file === undefined ? {} : {configuration: await this.configuration(file, flags)}),
    })
    if (flags['open-browser']) await this.openBrowser(result.url)
    return result
  }

  protected override render({notices}: KillResult): string {
    return [...notices, 'Job killall succeeded', ''].join('\n')
  }
}
