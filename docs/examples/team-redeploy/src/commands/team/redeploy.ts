import {Args, AuroraCommand, changeFlags, configFlags, durationFlag, Flags, jobKeyArg} from '@auroractl/cli'
import {redeployJob} from '../../operations/redeploy.ts'

interface Redeployed {
  job: string
  url: string
  replaced: number
  created: number
}

export default class TeamRedeploy extends AuroraCommand<Redeployed> {
  static override summary = 'Kill a job and create it anew from its configuration.'
  static override examples = ['<%= config.bin %> <%= command.id %> devcluster/www-data/prod/hello hello_world.aurora --ticket OPS-12']
  static override args = {
    job: jobKeyArg({required: true}),
    file: Args.string({required: true, description: 'The configuration file.'}),
  }
  static override flags = {
    ...changeFlags,
    ...configFlags,
    ticket: Flags.string({required: true, summary: 'The ticket that asks for it.'}),
    log: Flags.string({summary: "The team's log.", helpValue: 'FILE'}),
    timeout: durationFlag({default: 300_000, summary: 'How long to wait for instances to end, and for new ones.'}),
  }

  protected async execute(): Promise<Redeployed> {
    const {args, flags} = await this.parse(TeamRedeploy)
    const {ticket, log, timeout} = flags
    return this.operate(redeployJob, {
      services: await this.services(),
      job: args.job,
      configuration: await this.configuration(args.file, flags),
      ticket,
      log,
      options: {batchSize: 1, maxTotalFailures: 0, batching: false, strict: false, message: ticket, limitMs: timeout},
      waitUntil: 'RUNNING',
      limitMs: timeout,
    })
  }

  protected override render({job, replaced, created}: Redeployed): string {
    return `Redeployed ${job}: ${replaced} ended, ${created} created.\n`
  }
}
