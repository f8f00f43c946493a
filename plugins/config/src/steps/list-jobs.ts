import {configKeys, type ConfigRequest, ExitCode, loading, type Services, step} from '@auroractl/cli'

export interface JobsOfFile {
  services: Services
  configuration: ConfigRequest
}

/** A job of a configuration file. */
export interface FileJob {
  /** `cluster/role/env/name`, as far as its parts are set. */
  readonly key: string
  /** How many instances it wants, where that is known. */
  readonly instances: number | undefined
}

/** The jobs that a file defines; nothing is checked. */
export const listJobs = step<JobsOfFile, {jobs: readonly FileJob[]}>({
  name: 'list jobs of the file',
  async run({services, configuration}) {
    const load = async () => {
      const loaded = await services.loadConfig(configuration)
      if (loaded.jobs.length === 0) return []
      const keys = await configKeys()
      const instances = keys.listInstances(loaded, configuration.bindings)
      return keys.listJobs(loaded, configuration.bindings).map((key, i) => ({key, instances: instances[i]}))
    }
    return {jobs: await loading(load, 'Error loading configuration file:', ExitCode.commandFailure)}
  },
})
