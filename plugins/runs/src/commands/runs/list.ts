import {AuroraCommand} from '@auroractl/cli'
import {type ListedRun, listRecordedRuns} from '../../operations/list.ts'
import {runTable} from '../../render/run-table.ts'

export default class RunsList extends AuroraCommand<readonly ListedRun[]> {
  static override summary = 'List the recorded runs, newest first.'
  static override description = `Every run that changes something, or asks a hook, is recorded: its steps, what hooks decided, what was changed, how it ended.
The newest 200 of the last 30 days are kept. Times are UTC.`
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  protected async execute(): Promise<readonly ListedRun[]> {
    await this.parse(RunsList)
    return this.operate(listRecordedRuns, {})
  }

  protected override render(runs: readonly ListedRun[]): string {
    return runTable(runs)
  }
}
