import {Args, AuroraCommand, configFlags, ExitCode, keyOrPatternArg} from '@auroractl/cli'
import {isAccepted} from '@auroractl/cli/schema'
import {evaluateConfig, type Evaluation} from '../../operations/evaluate.ts'
import {evaluationText} from '../../render/evaluation.ts'

export default class ConfigEvaluate extends AuroraCommand<Evaluation> {
  static override summary = 'Show what a configuration file evaluates to: every job with all that is made of it.'
  static override description = `Evaluates the file and, for each of its jobs, binds, checks and converts it. With --json each job is one \
record: the job with everything bound, what is left unbound, its ports, what the scheduler and the executor would get, and the settings \
of an update; or, for a job that is refused, the stage that refused it and why. The same file gives the same records, byte for byte.
No registry is asked: {{docker.image[…][…]}} is left to the commands that send a job.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> hello_world.aurora',
    '<%= config.bin %> <%= command.id %> hello_world.aurora devcluster/www-data/prod/hello --bind version=12 --json',
  ]
  static override args = {
    file: Args.string({required: true, description: 'The configuration file.'}),
    job: keyOrPatternArg({required: false}),
  }
  static override flags = {...configFlags}

  protected async execute(): Promise<Evaluation> {
    const {args, flags} = await this.parse(ConfigEvaluate)
    const configuration = await this.configuration(args.file, flags)
    return this.operate(evaluateConfig, {services: await this.services(), configuration, wanted: args.job})
  }

  protected override render(evaluation: Evaluation): string {
    return evaluationText(evaluation)
  }

  /** A refusal is a result, too; the exit code tells. */
  protected override exitCodeFor(evaluation: Evaluation): number {
    return 'jobs' in evaluation && evaluation.jobs.every(isAccepted) ? ExitCode.ok : ExitCode.invalidConfiguration
  }
}
