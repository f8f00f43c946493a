import {type CacheContents, configCache, keptConfigs, operation, step} from '@auroractl/cli'
import {sizeText} from '../render/cache.ts'

export type Cleared = ReturnType<Awaited<ReturnType<typeof keptConfigs>>['clearCache']>

const readCache = step<object, {contents: CacheContents}>({
  name: 'read the cache',
  run: async () => ({contents: (await keptConfigs()).cacheContents(configCache(process.env))}),
})

const emptyCache = step<{contents: CacheContents}, {cleared: Cleared}>({
  name: 'clear the cache',
  describe: ({contents: {folder, entries}}) => {
    const difference = entries.map(({file, bytes}) => `- ${file ?? 'a damaged entry'} (${sizeText(bytes)})`)
    return entries.length === 0 ? [] : [{text: 'forget the configurations that were evaluated', call: 'rm', target: folder, difference}]
  },
  run: async (_, io) => ({
    cleared: await io.perform({
      kind: 'checkable',
      name: 'the cache was cleared',
      findOut: 'aurora config cache info',
      call: async () => (await keptConfigs()).clearCache(configCache(process.env)),
      check: async () => {
        const {folder, entries} = (await keptConfigs()).cacheContents(configCache(process.env))
        return entries.length === 0 ? {folder, removed: 0, bytes: 0} : undefined
      },
    }),
  }),
})

/** What is kept of configurations that were evaluated. */
export const showCache = operation<'config.cache.info', object>('config.cache.info')
  .read(readCache)
  .returns(({contents}) => contents)

/** Forgets all of it. */
export const clearConfigCache = operation<'config.cache.clear', object>('config.cache.clear')
  .read(readCache)
  .act(emptyCache)
  .returns(({cleared}) => cleared)

declare module '@auroractl/cli' {
  interface Operations {
    'config.cache.info': {options?: Record<string, never>}
    'config.cache.clear': {options?: Record<string, never>}
  }
}
