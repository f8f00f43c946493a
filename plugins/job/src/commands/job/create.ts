import {AuroraCommand, Args, changeFlags, configFlags, durationFlag, Flags, jobKeyArg, WAIT_UNTIL, type WaitUntil} from '@auroractl/cli'
import {type CreateResult, createJob} from '../../operations/create.ts'

const DAY_MS = 86_400_000

export default class JobCreate extends AuroraCommand<CreateResult> {
  static override summary = 'Create a job from its configuration file.'
  static override description = `Creates the job with the given key as the configuration file describes it, and its tasks.
A job that exists already is left alone, and is an error.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> devcluster/www-data/prod/hello hello_world.aurora',
    '<%= config.bin %> <%= command.id %> devcluster/www-data/prod/hello hello_world.aurora --bind version=12 --wait-until RUNNING',
  ]
  static override args = {
    job: jobKeyArg({required: true}),
    file: Args.string({required: true, description: 'The configuration file.'}),
  }
  static override flags = {
    ...changeFlags,
    ...configFlags,
    'wait-until': Flags.option({options: Object.keys(WAIT_UNTIL) as WaitUntil[]})({
      default: 'PENDING',
      summary: 'The state of its tasks to wait for.',
    }),
    timeout: durationFlag({default: DAY_MS, summary: 'How long to wait for the tasks.'}),
    'open-browser': Flags.boolean({summary: "Open the job's page afterwards."}),
  }

  protected async execute(): Promise<CreateResult> {
    const {args, flags} = await this.parse(JobCreate)
    const result = await this.operate(createJob, {
      services: await this.services(),
      job: args.job,
      configuration: await this.configuration(args.file, flags),
      waitUntil: flags['wait-until'],
      limitMs: flags.timeout,
    })
    if (flags['open-browser']) await this.openBrowser(result.url)
    return result
  }

  protected override render({url}: CreateResult): string {
    return `Job create succeeded: job url=${url}\n`
  }
}
