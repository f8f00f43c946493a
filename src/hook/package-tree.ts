import {access, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {isRecord} from './manifest.ts'

/** A script that a package wants npm to run when it is installed. */
export interface InstallScript {
  /** Name and version of the package, the plugin itself or a dependency. */
  package: string
  event: string
  command: string
}

const EVENTS = ['preinstall', 'install', 'postinstall']

interface Locked {
  version?: unknown
  integrity?: unknown
}

/** What npm's lock file in a folder says of the packages below it, by their paths; nothing without one. */
async function lockedPackages(folder: string): Promise<Record<string, Locked>> {
  const text = await readFile(join(folder, 'package-lock.json'), 'utf8').catch(() => '{}')
  const lock: unknown = JSON.parse(text)
  const packages = isRecord(lock) && isRecord(lock['packages']) ? lock['packages'] : {}
  return Object.fromEntries(
    Object.entries(packages).filter(([path, entry]) => path.startsWith('node_modules/') && isRecord(entry)),
  ) as Record<string, Locked>
}

/** The digest of a package's tarball, which npm has compared with the registry's. */
export async function integrityOf(folder: string, name: string): Promise<string | undefined> {
  const entry = (await lockedPackages(folder))[`node_modules/${name}`]
  return typeof entry?.integrity === 'string' ? entry.integrity : undefined
}

/** The install scripts of the packages that one folder has and another has not in this version, found in the packages themselves. */
export async function newInstallScripts(folder: string, before: string): Promise<InstallScript[]> {
  const [now, then] = await Promise.all([lockedPackages(folder), lockedPackages(before)])
  const fresh = Object.entries(now).filter(([path, {version, integrity}]) => {
    const same = then[path]
    return same?.version !== version || same?.integrity !== integrity
  })
  return (await Promise.all(fresh.map(async ([path]) => scriptsOf(join(folder, path))))).flat()
}

async function scriptsOf(root: string): Promise<InstallScript[]> {
  const text = await readFile(join(root, 'package.json'), 'utf8').catch(() => undefined)
  if (text === undefined) return []
  const found: unknown = JSON.parse(text)
  const {name, version, scripts} = isRecord(found) ? found : {}
  const declared: Record<string, unknown> = isRecord(scripts) ? {...scripts} : {}
  // npm builds native code without being told to.
  if (declared['install'] === undefined && declared['preinstall'] === undefined && (await has(join(root, 'binding.gyp')))) {
    declared['install'] = 'node-gyp rebuild'
  }
  return EVENTS.flatMap((event) => {
    const command = declared[event]
    return typeof command === 'string' ? [{package: `${String(name)}@${String(version)}`, event, command}] : []
  })
}

function has(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
