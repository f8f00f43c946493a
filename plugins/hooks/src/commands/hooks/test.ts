import {Args, AuroraCommand, ExitCode, Flags, readCatalogue} from '@auroractl/cli'
import {testHooks, type TestResult} from '../../operations/test.ts'
import {testReport} from '../../render/test-report.ts'

export default class HooksTest extends AuroraCommand<TestResult> {
  static override summary = "Run the tests of a plugin's hooks, with what of their code ran."
  static override description = `The cases are data, in tests/*.yaml and tests/*.json of the plugin: what the hook sees, what its powers answer, and what it should say. They run in the sandbox; nothing of the plugin runs outside of it, and nothing is asked, fetched or started.
It fails, with exit code 4, when a case fails, when no case shows a pre hook to deny or an amend hook to amend or deny, and when less of the code ran than --coverage asks for.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> docs/examples/no-prod-kill',
    '<%= config.bin %> <%= command.id %> . --coverage 80 --json',
  ]
  static override args = {folder: Args.string({default: '.', description: 'The folder with the plugin.'})}
  static override flags = {
    coverage: Flags.integer({default: 0, min: 0, max: 100, summary: 'The percentage of lines that must run.', helpValue: 'PERCENT'}),
  }

  protected async execute(): Promise<TestResult> {
    const {args, flags} = await this.parse(HooksTest)
    return this.operate(testHooks, {folder: args.folder, minimum: flags.coverage, operations: readCatalogue().operations})
  }

  protected override render(result: TestResult): string {
    return testReport(result)
  }

  protected override exitCodeFor({passed}: TestResult): number {
    return passed ? ExitCode.ok : ExitCode.commandFailure
  }
}
