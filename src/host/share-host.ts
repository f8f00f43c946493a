import {registerHooks} from 'node:module'
import {pathToFileURL} from 'node:url'
import {bundled, packageRoot} from './layout.ts'

const NAME = '@auroractl/cli'

/**
 * Makes this host the only copy of the SDK: whoever imports `@auroractl/cli`, from wherever, even with a copy of its own
 * beside it, gets the running one.
 */
export function shareHost(): void {
  const folder = bundled ? 'dist' : 'src'
  const ending = bundled ? 'js' : 'ts'
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier !== NAME && !specifier.startsWith(`${NAME}/`)) return next(specifier, context)
      const door = specifier === NAME ? 'index' : specifier.slice(NAME.length + 1)
      return {url: pathToFileURL(`${packageRoot}${folder}/${door}.${ending}`).href, shortCircuit: true}
    },
  })
}
