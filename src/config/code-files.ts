import {realpathSync} from 'node:fs'
import type {Inputs} from './inputs.ts'

/** How the names of modules end, and of what they are loaded from. */
const CODE = /\.(pyc?|aurora|zip|egg|whl)$/

/** The code of a configuration among all that it read: itself, what it includes, and the modules that it imports; by real path, with their digests. */
export function codeFiles({files, looks}: Inputs): ReadonlyMap<string, string> {
  const [main = ''] = files.keys()
  const included = [...looks.keys()].flatMap((look) => {
    const [kind, path] = JSON.parse(look) as [string, string]
    return kind === 'include' ? realOf(path) : []
  })
  const code = [...files].filter(([path]) => path === main || included.includes(path) || CODE.test(path))
  return new Map(code.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function realOf(path: string): string[] {
  try {
    return [realpathSync(path)]
  } catch {
    return []
  }
}
