import {chmod, mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {Condition} from './condition.ts'
import {formatPoint, type HookDeclaration, isRecord, type Point} from './manifest.ts'
import {describePowers, missingPowers, type Powers} from './powers.ts'

/** What the user has granted to one hook, with enough to stand in its place when its plugin cannot be read. */
export interface HookGrant {
  on: readonly Point[]
  when: Condition
  powers: Powers
  onFailure: 'deny' | 'ignore'
}

export interface PluginGrant {
  root: string
  version: string
  /** Of the part of the manifest that was granted. */
  digest: string
  hooks: Readonly<Record<string, HookGrant>>
}

/** By the plugins' names. */
export type Grants = ReadonlyMap<string, PluginGrant>

const file = (dataDir: string) => join(dataDir, 'grants.json')

/** @throws UserError (exit 3) for a file that cannot be read: then nobody knows what was granted. */
export async function readGrants(dataDir: string): Promise<Grants> {
  const text = await readFile(file(dataDir), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw unreadable(dataDir, error)
  })
  if (text === undefined) return new Map()
  try {
    const {version, plugins} = JSON.parse(text) as {version: unknown; plugins: unknown}
    if (version !== 1 || !isRecord(plugins)) throw new TypeError('it has another format')
    const grants = Object.entries(plugins) as [string, PluginGrant][]
    if (!grants.every(([, grant]) => isRecord(grant) && isRecord(grant.hooks) && Object.values(grant.hooks).every(isHookGrant))) {
      throw new TypeError('it has an entry of another format')
    }
    return new Map(grants)
  } catch (error) {
    throw unreadable(dataDir, error)
  }
}

function isHookGrant(value: unknown): value is HookGrant {
  return (
    isRecord(value) && Array.isArray(value['on']) && value['on'].every(isRecord) && isRecord(value['when']) && isRecord(value['powers'])
  )
}

function unreadable(dataDir: string, cause: unknown): UserError {
  return new UserError(
    `The grants of the installed hooks cannot be read: ${file(dataDir)}: ${cause instanceof Error ? cause.message : String(cause)}`,
    {
      code: 'hooks.grants-unreadable',
      exitCode: ExitCode.invalidConfiguration,
      remedy: "Repair the file, or remove it and grant the hooks again: 'aurora plugins link PATH' for each plugin.",
      cause,
    },
  )
}

/** Records the plugin's hooks, as their manifest declares them now, as granted; replaces an earlier grant. */
export async function grantPlugin(
  dataDir: string,
  plugin: {name: string; root: string; version: string; hooks: readonly HookDeclaration[]},
): Promise<void> {
  const {name, root, version, hooks} = plugin
  const granted = hooks.map(({name, on, when, needs, onFailure}) => [name, {on, when, powers: needs, onFailure}] as const)
  const grant: PluginGrant = {root, version, digest: manifestDigest(hooks), hooks: Object.fromEntries(granted)}
  await writeGrants(dataDir, new Map([...(await readGrants(dataDir)), [name, grant]]))
}

/** Forgets what the plugin was granted. */
export async function revokePlugin(dataDir: string, name: string): Promise<void> {
  const grants = new Map(await readGrants(dataDir))
  if (grants.delete(name)) await writeGrants(dataDir, grants)
}

/** Whole or not at all, and for the user alone. */
async function writeGrants(dataDir: string, grants: Grants): Promise<void> {
  await mkdir(dataDir, {recursive: true, mode: 0o700})
  const draft = `${file(dataDir)}.${process.pid}`
  try {
    await writeFile(draft, `${JSON.stringify({version: 1, plugins: Object.fromEntries(grants)}, null, 2)}\n`, {mode: 0o600})
    await chmod(draft, 0o600)
    await rename(draft, file(dataDir))
  } finally {
    await rm(draft, {force: true})
  }
}

function manifestDigest(hooks: readonly HookDeclaration[]): string {
  // Not imported above: it takes 10 ms to load, and commands that only read grants do not need it.
  const {createHash} = process.getBuiltinModule('node:crypto')
  return createHash('sha256').update(JSON.stringify(hooks)).digest('hex')
}

/** Why the hook may not run, or undefined when everything that it asks for was granted. */
export function notGranted(grant: PluginGrant | undefined, root: string, hook: HookDeclaration): string | undefined {
  if (!grant) return 'its plugin was never granted anything'
  if (grant.root !== root) return `what was granted is a plugin of the same name in ${grant.root}`
  const own = Object.hasOwn(grant.hooks, hook.name) ? grant.hooks[hook.name] : undefined
  if (!own) return 'it is new in this version of the plugin'
  const granted = own.on.map(formatPoint)
  const points = hook.on.map(formatPoint).filter((point) => !granted.includes(point))
  const more = [...points.map((point) => `run at ${point}`), ...describePowers(missingPowers(hook.needs, own.powers))]
  return more.length > 0 ? `this version also wants to ${more.join(', to ')}` : undefined
}
