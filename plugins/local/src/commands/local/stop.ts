import {AuroraCommand, changeFlags} from '@auroractl/cli'
import {stopLocal, type StopResult} from '../../operations/stop.ts'
import {clusterFlags, placeOf} from '../../place-of.ts'

export default class LocalStop extends AuroraCommand<StopResult> {
  static override summary = 'Stop the local cluster.'
  static override description =
    'Ends the local scheduler and the processes of its tasks. Its jobs are kept: the next start runs them again.'
  static override examples = ['<%= config.bin %> <%= command.id %>']
  static override flags = {...changeFlags, ...clusterFlags}

  protected async execute(): Promise<StopResult> {
    const {flags} = await this.parse(LocalStop)
    return this.operate(stopLocal, {place: placeOf(flags.name)})
  }

  protected override render({name, stopped}: StopResult): string {
    return stopped ? `The cluster '${name}' has stopped.\n` : `The cluster '${name}' was not running.\n`
  }
}
