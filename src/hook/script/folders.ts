import {existsSync, readFileSync, realpathSync, statSync} from 'node:fs'
import {dirname, join, relative, sep} from 'node:path'
import {notOurs} from '../ownership.ts'

/** Where the packages of a plugin's hooks may come from. */
export interface Folders {
  /** The plugin's own folder, links resolved. */
  root: string
  /** The highest folder in which packages are looked for. */
  top: string
  /** Whether a file, links resolved, lies in the plugin's folder or where npm puts its packages. */
  holds(path: string): boolean
  /** Whether a file, links resolved, is one of the plugin's, and not of a package inside. */
  isOwn(path: string): boolean
  /** The same name for the same content wherever npm has put it: `hooks/guard.ts`, `slugify@1.6.6/slugify.js`. */
  label(path: string): string
}

/**
 * An installed plugin shares the folder of packages in which it lies with other plugins; one in an npm workspace shares that of the
 * workspace. A plugin in any other folder has its own alone.
 */
export function foldersOf(pluginRoot: string): Folders {
  const root = realpathSync(pluginRoot)
  const installed = `${root}${sep}`.indexOf(`${sep}node_modules${sep}`)
  const workspace = installed === -1 ? workspaceOf(root) : undefined
  const top = installed === -1 ? (workspace ?? root) : join(root.slice(0, installed), 'node_modules')
  const packages = installed === -1 ? join(top, 'node_modules') : top
  const isOwn = (path: string) => isBelow(root, path) && !relative(root, path).split(sep).includes('node_modules')
  return {
    root,
    top,
    isOwn,
    holds: (path) => isBelow(root, path) || isBelow(packages, path),
    label(path) {
      if (isOwn(path)) return relative(root, path).replaceAll(sep, '/')
      const [folder, name, file] = inPackage(path)
      return `${name.replaceAll(sep, '/')}@${versionOf(folder)}/${file.replaceAll(sep, '/')}`
    },
  }
}

/** The package in which a file lies: its folder, its name, and the file's path in it. */
function inPackage(path: string): [string, string, string] {
  const start = path.lastIndexOf(`${sep}node_modules${sep}`) + '/node_modules/'.length
  const rest = path.slice(start).split(sep)
  const name = rest.slice(0, rest[0]?.startsWith('@') ? 2 : 1).join(sep)
  return [path.slice(0, start) + name, name, path.slice(start + name.length + 1)]
}

function versionOf(folder: string): string {
  try {
    const {version} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {version?: unknown}
    return typeof version === 'string' ? version : '?'
  } catch {
    return '?'
  }
}

/** The nearest folder above whose package.json speaks of workspaces. */
function workspaceOf(root: string): string | undefined {
  for (let folder = dirname(root); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    if (!existsSync(file)) continue
    // Whoever can write there, as in /tmp, would choose the packages of all plugins below.
    if ([folder, file].some((path) => notOurs(statSync(path)) !== undefined)) return undefined
    try {
      if ('workspaces' in (JSON.parse(readFileSync(file, 'utf8')) as object)) return folder
    } catch {
      return undefined
    }
  }
  return undefined
}

function isBelow(folder: string, path: string): boolean {
  return path.startsWith(`${folder}${sep}`)
}
