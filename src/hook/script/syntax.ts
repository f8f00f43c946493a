import type {Message} from 'esbuild'
import {loadScript} from '../script-reader.ts'
import {withEsbuild} from './esbuild.ts'

/** What is wrong with the syntax of a script and of the files that it imports, with file and line; nothing of it is run. @throws an Error for one that cannot be read */
export async function syntaxProblems(root: string, script: string): Promise<string[]> {
  const loaded = await loadScript(root, script)
  // What was bundled has been parsed.
  if ('code' in loaded) return []
  return withEsbuild(async ({transform}) => {
    const problems = await Promise.all(
      [...loaded.modules.values()].map(({name, code}) =>
        transform(code, {loader: 'js', logLevel: 'silent'}).then(
          () => [],
          (failure: {errors?: readonly Message[]; message: string}) =>
            (failure.errors ?? [{text: failure.message, location: null}]).map(
              ({text, location}) => `${name}${location ? `:${location.line}` : ''}: ${text}`,
            ),
        ),
      ),
    )
    return problems.flat()
  })
}
