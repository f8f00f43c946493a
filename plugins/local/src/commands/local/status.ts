import {AuroraCommand, ExitCode, hostBuild} from '@auroractl/cli'
import {runsTasksAsText} from '../../operations/runs-as.ts'
import {localStatus, type StatusResult} from '../../operations/status.ts'
import {clusterFlags, placeOf} from '../../place-of.ts'

export default class LocalStatus extends AuroraCommand<StatusResult> {
  static override summary = 'Show whether the local cluster runs.'
  static override description = 'Ends with exit code 4 when it does not run, or runs and does not answer.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']
  static override flags = clusterFlags

  protected async execute(): Promise<StatusResult> {
    const {flags} = await this.parse(LocalStatus)
    return this.operate(localStatus, {place: placeOf(flags.name), build: hostBuild()})
  }

  protected override render(status: StatusResult): string {
    const {name} = status
    if (!status.running) return `The cluster '${name}' is not running; 'aurora local start' starts it.\n`
    const {schedulerUri, pid, healthy, older, jobs, activeTasks, runsTasksAs} = status
    const lines = [
      `The cluster '${name}' runs at ${schedulerUri} (process ${pid})${healthy ? '' : ' and does not answer; see aurora local logs'}`,
      ...(jobs === undefined ? [] : [`Jobs: ${jobs}, active tasks: ${activeTasks ?? 0}`]),
      runsTasksAsText(runsTasksAs),
      ...(older ? ["It is of another build than this client: 'aurora local stop && aurora local start' replaces it."] : []),
    ]
    return `${lines.join('\n')}\n`
  }

  protected override exitCodeFor(status: StatusResult): number {
    return status.running && status.healthy ? ExitCode.ok : ExitCode.commandFailure
  }
}
