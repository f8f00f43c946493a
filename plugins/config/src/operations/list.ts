import {type ConfigRequest, ExitCode, listFileJobs, loading, operation, type Services, step} from '@auroractl/cli'

export interface ListInput {
  services: Services
  configuration: ConfigRequest
}

const listKeys = step<ListInput, {keys: readonly string[]}>({
  name: 'list jobs of the file',
  async run({services, configuration}) {
    const load = async () => {
      const loaded = await services.loadConfig(configuration)
      return loaded.jobs.length === 0 ? [] : listFileJobs(loaded, configuration.bindings)
    }
    return {keys: await loading(load, 'Error loading configuration file:', ExitCode.commandFailure)}
  },
})

/** The keys of the jobs that a configuration file defines; nothing is checked, nobody is asked (reference/commands.md §8.1). */
export const listConfig = operation<'config.list', ListInput>('config.list')
  .read(listKeys)
  .returns(({keys}) => keys)

declare module '@auroractl/cli' {
  interface Operations {
    'config.list': {options?: Record<string, never>}
  }
}
