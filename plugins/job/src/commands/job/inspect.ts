import {Args, AuroraCommand, configFlags, Flags, hookFlags, jobKeyArg, jsonText} from '@auroractl/cli'
import {inspectJob, type Job, jobJson, toJobConfiguration} from '@auroractl/cli/schema'
import {inspectJobFile} from '../../operations/inspect.ts'

interface InspectResult {
  config: Job
  user: string
  raw: boolean
  writeJson: boolean
}

export default class JobInspect extends AuroraCommand<InspectResult> {
  static override summary = 'Show a job as its configuration file describes it.'
  static override description = `Evaluates the file, takes the job with the given key out of it, checks it and shows it.
No scheduler is asked. What only the cluster can fill in, such as {{mesos.instance}}, stays as it is written.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> devcluster/www-data/prod/hello hello_world.aurora',
    '<%= config.bin %> <%= command.id %> devcluster/www-data/prod/hello hello_world.aurora --raw',
  ]
  static override args = {
    job: jobKeyArg({required: true}),
    file: Args.string({required: true, description: 'The configuration file.'}),
  }
  static override flags = {
    ...hookFlags,
    ...configFlags,
    raw: Flags.boolean({summary: 'Show what the scheduler would get.'}),
    'write-json': Flags.boolean({summary: 'Write the job as JSON, with all defaults.'}),
  }

  protected async execute(): Promise<InspectResult> {
    const {args, flags} = await this.parse(JobInspect)
    const {config, user} = await this.operate(inspectJobFile, {
      services: await this.services(),
      job: args.job,
      configuration: await this.configuration(args.file, flags),
    })
    return {config, user, raw: flags.raw, writeJson: flags['write-json']}
  }

  protected override render({config, user, raw, writeJson}: InspectResult): string {
    if (raw) return jsonText(toJobConfiguration(config, {user}))
    if (writeJson) return `${jobJson(config)}\n`
    return `${inspectJob(config).join('\n')}\n`
  }

  protected override toJson({config, user, raw}: InspectResult): unknown {
    return raw ? toJobConfiguration(config, {user}) : config
  }
}
