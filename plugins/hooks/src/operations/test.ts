import {hookTesting, operation, type OperationTable, step, type TestReport, UserError} from '@auroractl/cli'

export interface TestInput {
  /** The plugin's. */
  folder: string
  /** The percentage of lines that must run. */
  minimum: number
  operations: OperationTable
}

export type TestResult = TestReport & {
  /** Percent of all lines of the plugin's hooks. */
  covered: number
  passed: boolean
}

const runCases = step<TestInput, {report: TestReport}>({
  name: 'run the cases',
  async run({folder, operations}) {
    const {testHooks} = await hookTesting()
    const report = await testHooks(folder, operations)
    if (report.cases.length > 0) return {report}
    throw new UserError(`${folder} has no test cases`, {
      code: 'hooks.no-tests',
      remedy: `Write them as ${folder}/tests/NAME.yaml or .json; 'aurora hooks new' makes a plugin that has some.`,
    })
  },
})

function judge({report, minimum}: TestInput & {report: TestReport}): TestResult {
  const lines = report.coverage.map((file) => file.lines)
  const total = lines.reduce((sum, each) => sum + each.total, 0)
  const covered = total === 0 ? 100 : Math.floor((100 * lines.reduce((sum, each) => sum + each.covered, 0)) / total)
  const problems = [
    ...report.problems,
    ...(covered < minimum ? [`${covered} % of the lines ran in the tests, less than ${minimum} %`] : []),
  ]
  return {...report, covered, problems, passed: problems.length === 0 && report.cases.every(({passed}) => passed)}
}

/** Runs the tests of a plugin's hooks, in the sandbox and with nothing of the real world. */
export const testHooks = operation<'hooks.test', TestInput>('hooks.test')
  .read(runCases)
  .hooks(({folder, minimum}) => ({options: {folder, minimum}}))
  .returns(judge)

declare module '@auroractl/cli' {
  interface Operations {
    'hooks.test': {options: {folder: string; minimum: number}}
  }
}
