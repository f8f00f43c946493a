import {Args, AuroraCommand, configFlags, Flags, isWild, jsonText, keyOrPatternArg} from '@auroractl/cli'
import {inspectJob, type Job, jobJson, toJobConfiguration} from '@auroractl/cli/schema'
import {inspectJobFile} from '../../operations/inspect.ts'

interface InspectResult {
  configs: readonly Job[]
  /** A pattern was given: what comes out is a list, however many match. */
  several: boolean
  user: string
  raw: boolean
  writeJson: boolean
}

export default class JobInspect extends AuroraCommand<InspectResult> {
  static override summary = 'Show a job as its configuration file describes it.'
  static override description = `Evaluates the file, takes the job with the given key out of it, checks it and shows it; with wildcards, every job \
that matches. No scheduler is asked. What only the cluster can fill in, such as {{mesos.instance}}, stays as it is written.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> devcluster/www-data/prod/hello hello_world.aurora',
    '<%= config.bin %> <%= command.id %> devcluster/www-data/prod/hello hello_world.aurora --raw',
    "<%= config.bin %> <%= command.id %> 'devcluster/*/prod/*' hello_world.aurora --write-json",
  ]
  static override args = {
    job: keyOrPatternArg({required: true}),
    file: Args.string({required: true, description: 'The configuration file.'}),
  }
  static override flags = {
    ...configFlags,
    raw: Flags.boolean({summary: 'Show what the scheduler would get.'}),
    'write-json': Flags.boolean({summary: 'Write the job as JSON, with all defaults.'}),
  }

  protected async execute(): Promise<InspectResult> {
    const {args, flags} = await this.parse(JobInspect)
    const {configs, user} = await this.operate(inspectJobFile, {
      services: await this.services(),
      wanted: args.job,
      configuration: await this.configuration(args.file, flags),
    })
    return {configs, several: isWild(args.job), user, raw: flags.raw, writeJson: flags['write-json']}
  }

  protected override render(result: InspectResult): string {
    const {configs, several, raw, writeJson} = result
    if (raw) return jsonText(this.toJson(result))
    if (!writeJson) return configs.map((config) => `${inspectJob(config).join('\n')}\n`).join('\n')
    const texts = configs.map(jobJson)
    return several ? `{"jobs": [${texts.join(', ')}]}\n` : `${texts.join('')}\n`
  }

  protected override toJson({configs, several, user, raw}: InspectResult): unknown {
    const shown = raw ? configs.map((config) => toJobConfiguration(config, {user})) : configs
    return several ? shown : shown[0]
  }
}
