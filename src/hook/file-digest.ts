import {digestOf} from './grants.ts'
import type {HookFile} from './hook-file.ts'
import type {LoadedScript} from './script-reader.ts'
import {hookSources} from './script-sources.ts'

/** By which a file of hooks, with all the code that its hooks with powers run, is told from another. @throws an Error for a script that cannot be read */
export async function fileDigest(
  {root, text}: Pick<HookFile, 'root' | 'text'>,
  scripts: ReadonlyMap<string, Promise<LoadedScript>>,
): Promise<string> {
  const sources = await Promise.all(
    [...scripts.keys()].toSorted().map(async (script) => [script, await hookSources(root, script, scripts.get(script))]),
  )
  return digestOf(JSON.stringify([text, sources]))
}
