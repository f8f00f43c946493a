import {AuroraCommand, changeFlags, childEntry, Flags, hostBuild} from '@auroractl/cli'
import {startLocal, type StartResult} from '../../operations/start.ts'
import {runsTasksAsText} from '../../operations/runs-as.ts'
import {clusterFlags, placeOf} from '../../place-of.ts'

export default class LocalStart extends AuroraCommand<StartResult> {
  static override summary = 'Start the local cluster.'
  static override description = `Starts a scheduler for this machine in the background, on loopback. It runs tasks as processes here, speaks the same API \
as Aurora's scheduler, and keeps its jobs when it ends. Nothing happens when it runs already.`
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --port 8085']
  static override flags = {
    ...changeFlags,
    ...clusterFlags,
    port: Flags.integer({min: 1, max: 65_535, summary: 'The port to listen on; otherwise 8081, or another that is free.'}),
  }

  protected async execute(): Promise<StartResult> {
    const {flags} = await this.parse(LocalStart)
    const {port} = flags
    return this.operate(startLocal, {
      place: placeOf(flags.name),
      build: hostBuild(),
      entry: childEntry('local-daemon'),
      ...(port === undefined ? {} : {port}),
    })
  }

  protected override render({name, schedulerUri, already, older, runsTasksAs}: StartResult): string {
    const lines = [`The cluster '${name}' ${already ? 'runs already' : 'runs'} at ${schedulerUri}`, runsTasksAsText(runsTasksAs)]
    if (older) lines.push("It is of another build than this client: 'aurora local stop && aurora local start' replaces it.")
    return `${lines.join('\n')}\n`
  }
}
