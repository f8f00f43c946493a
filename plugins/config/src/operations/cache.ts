import {type CacheContents, configCache, keptConfigs, operation, step} from '@auroractl/cli'

export type Cleared = ReturnType<Awaited<ReturnType<typeof keptConfigs>>['clearCache']>

const readCache = step<object, {contents: CacheContents}>({
  name: 'read the cache',
  run: async () => ({contents: (await keptConfigs()).cacheContents(configCache(process.env))}),
})

const emptyCache = step<object, {cleared: Cleared}>({
  name: 'clear the cache',
  run: async () => ({cleared: (await keptConfigs()).clearCache(configCache(process.env))}),
})

/** What is kept of configurations that were evaluated. */
export const showCache = operation<'config.cache.info', object>('config.cache.info')
  .read(readCache)
  .returns(({contents}) => contents)

/** Forgets all of it. */
export const clearConfigCache = operation<'config.cache.clear', object>('config.cache.clear')
  .act(emptyCache)
  .returns(({cleared}) => cleared)

declare module '@auroractl/cli' {
  interface Operations {
    'config.cache.info': {options?: Record<string, never>}
    'config.cache.clear': {options?: Record<string, never>}
  }
}
