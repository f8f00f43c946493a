import {readFileSync} from 'node:fs'
import {join} from 'node:path'

/** `lodash` of `lodash/map`, `@team/rules` of `@team/rules/kill`. */
export function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

const KINDS = ['dependencies', 'peerDependencies', 'optionalDependencies']

/** What is wrong with importing a package that the plugin's package.json does not name, for esbuild; nothing when it does. */
export function requireDeclared(root: string, name: string): {errors: {text: string}[]} | undefined {
  const manifest = readManifest(root)
  const declared = KINDS.some((kind) => {
    const packages = manifest[kind]
    return typeof packages === 'object' && packages !== null && Object.hasOwn(packages, name)
  })
  if (declared || manifest['name'] === name) return undefined
  return {errors: [{text: `'${name}' is not among the dependencies in the plugin's package.json`}]}
}

function readManifest(root: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>
  } catch {
    return {}
  }
}
