import {Args, AuroraCommand, configFlags, ExitCode, Flags, instanceSpecArg, parseJobKey} from '@auroractl/cli'
import {diffJob} from '../../operations/diff.ts'
import {differenceText} from '../../render/difference.ts'
import type {JobDifference} from '../../steps/compare-with-running.ts'

interface DiffResult {
  difference: JobDifference
  exitCode: boolean
}

export default class JobDiff extends AuroraCommand<DiffResult> {
  static override summary = 'Show how a configured job differs from what runs.'
  static override description = `Tells which instances an update would add, remove, change and leave alone, and how the configuration of those that change differs.
Configurations are compared by what they mean: the order of keys and the spelling of numbers make no difference.
DIFF_VIEWER may name the program that compares two files; without it, diff does.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> devcluster/www-data/prod/hello hello_world.aurora',
    '<%= config.bin %> <%= command.id %> devcluster/www-data/prod/hello/0-9 hello_world.aurora --exit-code',
    '<%= config.bin %> <%= command.id %> devcluster/www-data/prod/hello hello_world.aurora --from devcluster/www-data/staging/hello',
  ]
  static override args = {
    instances: instanceSpecArg({required: true}),
    file: Args.string({required: true, description: 'The configuration file.'}),
  }
  static override flags = {
    ...configFlags,
    from: Flags.custom({parse: async (text: string) => parseJobKey(text)})({
      summary: 'Compare with the running tasks of another job.',
      helpValue: 'CLUSTER/ROLE/ENV/NAME',
    }),
    'exit-code': Flags.boolean({summary: 'End with 1 if an update would change anything.'}),
  }

  protected async execute(): Promise<DiffResult> {
    const {args, flags} = await this.parse(JobDiff)
    const {job, instances} = args.instances
    const difference = await this.operate(diffJob, {
      services: await this.services(),
      job,
      instances,
      configuration: await this.configuration(args.file, flags),
      from: flags.from,
    })
    return {difference, exitCode: flags['exit-code']}
  }

  protected override render({difference}: DiffResult): string {
    return differenceText(difference)
  }

  protected override toJson({difference}: DiffResult): unknown {
    return difference
  }

  protected override exitCodeFor({difference: {add, remove, update}, exitCode}: DiffResult): number {
    return exitCode && add.length + remove.length + update.length > 0 ? ExitCode.different : ExitCode.ok
  }
}
