import {AuroraCommand, Flags, instanceSpecArg, UserError} from '@auroractl/cli'
import {givenFile, hookFileArg, killFlags, killOptions} from '../../kill-flags.ts'
import {killJob} from '../../operations/kill.ts'
import type {KillResult} from '../../operations/kill-context.ts'

export default class JobKill extends AuroraCommand<KillResult> {
  static override summary = 'Kill instances of a job.'
  static override description = `Kills the named instances, a batch at a time, and waits until they have ended.
Instances that are not active are left alone. To kill a whole job, use 'job killall'.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> devcluster/www-data/prod/hello/0,2,5-9',
    '<%= config.bin %> <%= command.id %> devcluster/www-data/prod/hello/0-9 --batch-size 5 --message "bad release"',
    '<%= config.bin %> <%= command.id %> devcluster/www-data/prod/hello/0-9 hello_world.aurora',
  ]
  static override args = {instances: instanceSpecArg({required: true}), file: hookFileArg}
  static override flags = {...killFlags, strict: Flags.boolean({summary: 'Instances that are not active are an error.'})}

  protected async execute(): Promise<KillResult> {
    const {args, flags} = await this.parse(JobKill)
    const {job, instances} = args.instances
    if (!instances) {
      throw new UserError('The instances list cannot be omitted in a kill command!; use killall to kill all instances', {
        code: 'kill.no-instances',
      })
    }
    const file = givenFile(args.file, flags.config)
    const result = await this.operate(killJob, {
      services: await this.services(),
      job,
      instances,
      options: killOptions(flags, flags.strict),
      ...(file === undefined ? {} : {configuration: await this.configuration(file, flags)}),
    })
    if (flags['open-browser']) await this.openBrowser(result.url)
    return result
  }

  protected override render({warnings, notices}: KillResult): string {
    return [...warnings, ...notices, 'Job kill succeeded', ''].join('\n')
  }
}
