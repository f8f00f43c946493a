import {Args, AuroraCommand, type RecordedRun} from '@auroractl/cli'
import {showRun} from '../../operations/show.ts'
import {type RunReport, runReport} from '../../render/run-report.ts'
import {runText} from '../../render/run-text.ts'

interface Result {
  run: RecordedRun
  report: RunReport
}

export default class RunsShow extends AuroraCommand<Result> {
  static override summary = 'Show what is recorded of a run.'
  static override description =
    'Its steps, what hooks decided, what was changed, and how it ended. What was bound is not in the record. Times are UTC.'
  static override examples = ['<%= config.bin %> <%= command.id %> mwsgvar5-62n', '<%= config.bin %> <%= command.id %> mwsgvar5-62n --json']
  static override args = {run: Args.string({required: true, description: "The run's id."})}

  protected async execute(): Promise<Result> {
    const {args} = await this.parse(RunsShow)
    const run = await this.operate(showRun, {id: args.run})
    return {run, report: await runReport(run)}
  }

  protected override render({run, report}: Result): string {
    return runText(run, report)
  }

  protected override toJson({report}: Result): unknown {
    return report
  }
}
