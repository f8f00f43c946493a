import {configChecker, type ConfigRequest, InvalidConfig, operation, type Services, step, UserError} from '@auroractl/cli'
import type {Problem} from '@auroractl/cli/schema'
import {placeIn} from './error-place.ts'

export interface CheckInput {
  services: Services
  configurations: readonly ConfigRequest[]
}

type Severity = 'error' | 'warning'

/** Something to say about a file, with where it is. */
export interface FileProblem {
  readonly severity: Severity
  readonly file: string
  /** The line, where it is known. */
  readonly line?: number
  /** The field: `jobs[0].task.name`; empty for the whole file. */
  readonly path: string
  readonly message: string
  readonly hint?: string
}

/** What a file was found to be. */
export interface CheckedFile {
  readonly file: string
  /** What concerns no job alone; of a file that cannot be evaluated, why. */
  readonly problems: readonly FileProblem[]
  readonly jobs: readonly {readonly key: string; readonly problems: readonly FileProblem[]}[]
}

/** Two sandboxes at a time keep two cores busy. */
const AT_A_TIME = 2

const checkFiles = step<CheckInput, {checked: readonly CheckedFile[]}>({
  name: 'check files',
  async run({services, configurations}, io) {
    const checked: CheckedFile[] = []
    let next = 0
    const worker = async (): Promise<void> => {
      for (let i = next++; i < configurations.length; i = next++) {
        const configuration = configurations[i]
        if (configuration && !io.signal.aborted) checked[i] = await checkFile(services, configuration)
      }
    }
    await Promise.all(Array.from({length: AT_A_TIME}, worker))
    return {checked}
  },
})

async function checkFile(services: Services, configuration: ConfigRequest): Promise<CheckedFile> {
  const {file, bindings} = configuration
  try {
    const {checkConfig} = await configChecker()
    const {jobs, warnings} = checkConfig(await services.loadConfig(configuration), bindings)
    const inFile = (severity: Severity) => (problem: Problem) => problemIn(severity, file, problem)
    return {
      file,
      problems: warnings.map(inFile('warning')),
      jobs: jobs.map((job) => ({key: job.key, problems: [...job.problems.map(inFile('error')), ...job.warnings.map(inFile('warning'))]})),
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    if (error instanceof InvalidConfig)
      return {file, problems: error.problems.map((problem) => problemIn('error', file, problem)), jobs: []}
    const {message, remedy} = error
    const problem = {path: '', message, ...placeIn(message), ...(remedy === undefined ? {} : {hint: remedy})}
    return {file, problems: [problemIn('error', file, problem)], jobs: []}
  }
}

function problemIn(severity: Severity, file: string, {place, path, message, hint}: Problem): FileProblem {
  return {
    severity,
    file: place?.file ?? file,
    ...(place === undefined ? {} : {line: place.line}),
    path,
    message,
    ...(hint === undefined ? {} : {hint}),
  }
}

/** Checks every job of the files; one that cannot be evaluated hides no other. Asks nobody. */
export const checkConfigs = operation<'config.check', CheckInput>('config.check')
  .read(checkFiles)
  .returns(({checked}) => checked)

declare module '@auroractl/cli' {
  interface Operations {
    'config.check': {options?: Record<string, never>}
  }
}
