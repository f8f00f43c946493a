import {AuroraCommand, Flags, instanceSpecArg, safeText} from '@auroractl/cli'
import {localOutput, type ProcessOutput} from '../../operations/output.ts'
import {placeOf} from '../../place-of.ts'

export default class LocalOutput extends AuroraCommand<readonly ProcessOutput[]> {
  static override summary = 'Show what the processes of a job on the local cluster print.'
  static override description = 'Shows the end of stdout and stderr of every process, of the newest task of each instance.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> devcluster/www-data/prod/hello',
    '<%= config.bin %> <%= command.id %> devcluster/www-data/prod/hello/0 --lines 100',
  ]
  static override args = {instances: instanceSpecArg({required: true})}
  static override flags = {
    lines: Flags.integer({char: 'n', default: 20, min: 1, summary: 'How many lines of each, from the end.'}),
  }

  protected async execute(): Promise<readonly ProcessOutput[]> {
    const {args, flags} = await this.parse(LocalOutput)
    const {job, instances} = args.instances
    return this.operate(localOutput, {
      services: await this.services(),
      place: placeOf(job.cluster),
      job,
      ...(instances ? {instances} : {}),
      lines: flags.lines,
    })
  }

  protected override render(outputs: readonly ProcessOutput[]): string {
    return outputs
      .flatMap(({instance, process, stream, lines}) => lines.map((line) => `${instance} ${process} ${stream}: ${safeText(line)}\n`))
      .join('')
  }
}
