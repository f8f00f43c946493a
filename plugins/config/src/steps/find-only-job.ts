import {configKeys, type ConfigRequest, ExitCode, firstLines, type JobKey, loading, type Services, step, UserError} from '@auroractl/cli'

export interface JobOfFile {
  services: Services
  configuration: ConfigRequest
  /** None means the only one of the file. */
  key: JobKey | undefined
}

/** Whose job it is: the one with the given key, or the only one that the file has. */
export const findOnlyJob = step<JobOfFile, {job: JobKey}>({
  name: 'find the job of the file',
  async run({services, configuration, key}) {
    if (key) return {job: key}
    const load = async () => (await configKeys()).listJobs(await services.loadConfig(configuration), configuration.bindings)
    const keys = await loading(load, 'Error loading configuration:', ExitCode.invalidConfiguration)
    const [only, ...others] = keys
    if (only !== undefined && others.length === 0) return {job: partsOf(only)}
    const message = [
      'The file has several jobs; name one of them:',
      ...firstLines(keys, (more) => `… and ${more} more`).map((each) => `  ${each}`),
    ].join('\n')
    throw new UserError(message, {code: 'config.ambiguous', exitCode: ExitCode.invalidConfiguration})
  },
})

/** Parts that are not set are told with all else that is wrong with the job. */
function partsOf(text: string): JobKey {
  const [cluster = '', role = '', environment = '', ...name] = text.split('/')
  return {cluster, role, environment, name: name.join('/')}
}

/** Looking for the job and taking it evaluate the file once. */
export function loadingOnce(services: Services): Services {
  let loaded: ReturnType<Services['loadConfig']> | undefined
  return {...services, loadConfig: (request) => (loaded ??= services.loadConfig(request))}
}
