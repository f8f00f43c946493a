import {realpath, stat} from 'node:fs/promises'
import {dirname, join, relative, sep} from 'node:path'
import {notOurs} from '../ownership.ts'

export interface ScriptFile {
  /** Its path from the plugin's folder, links resolved: what errors show. */
  name: string
  path: string
  size: number
}

/** A path at which there is no script of the plugin; the message is for its author. */
export class NoScript extends Error {}

/** The real file behind a path of the plugin: links and `..` must not lead out of the plugin's folder, nor to what others can write. */
export async function confine(root: string, path: string, shown: string): Promise<ScriptFile> {
  const folder = await realpath(root)
  const real = await existing(join(folder, path)).catch(() => {
    throw new NoScript(`there is no file ${shown}`)
  })
  const name = relative(folder, real)
  if (name === '..' || name.startsWith(`..${sep}`)) throw new NoScript(`${shown} lies outside the plugin's folder`)
  const found = await stat(real)
  if (!found.isFile() || !/\.[cm]?[jt]s$/.test(real)) throw new NoScript(`${shown} is no JavaScript or TypeScript file`)
  for (let at = real; at !== folder; at = dirname(at)) {
    const why = notOurs(await stat(at))
    if (why !== undefined) throw new Error(`${relative(folder, at)} cannot be trusted: ${why}`)
  }
  return {name: name.replaceAll(sep, '/'), path: real, size: found.size}
}

/** TypeScript lets authors import `./a.ts` as the `./a.js` that it would become. */
async function existing(path: string): Promise<string> {
  return realpath(path).catch((error: unknown) => {
    if (!/\.[cm]?js$/.test(path)) throw error
    return realpath(path.replace(/js$/, 'ts'))
  })
}
