import type {Condition} from './condition.ts'
import {changeGrants, readGrantTable} from './grant-store.ts'
import type {LoaderDeclaration} from './loader-manifest.ts'
import {formatPoint, type HookDeclaration, type Point} from './manifest.ts'
import type {InstallScript} from './package-tree.ts'
import {describePowers, missingPowers, type Powers} from './powers.ts'

/** What the user has granted to one hook, with enough to stand in its place when its plugin cannot be read. */
export interface HookGrant {
  on: readonly Point[]
  when: Condition
  powers: Powers
  onFailure: 'deny' | 'ignore'
}

interface Grant {
  /** Of what was granted: of a plugin the hooks in its manifest, of a file its content. */
  digest: string
  /** When it was granted. */
  since: string
  hooks: Readonly<Record<string, HookGrant>>
  /** Hooks that the user has taken the grant back from. */
  revoked?: readonly string[]
}

export interface PluginGrant extends Grant {
  root: string
  version: string
  /** What the user agreed to besides its hooks. */
  unconfined?: readonly string[]
  commands?: readonly string[]
  loaders?: readonly LoaderDeclaration[]
  scripts?: readonly InstallScript[]
}

/** A plugin as far as it can be granted. */
export interface Grantable extends Pick<PluginGrant, 'root' | 'version' | 'unconfined' | 'commands' | 'loaders' | 'scripts'> {
  name: string
  hooks: readonly GrantedPart[]
}

/** What was granted to a file of the user's project: one with hook entries, or a configuration whose Python hooks want powers. */
export interface FileGrant extends Grant {
  /** Links resolved. */
  path: string
  /** What the file as a whole may do: the powers of its Python hooks. */
  powers: Powers
}

/** By the plugins' names. */
export type Grants = ReadonlyMap<string, PluginGrant>

/** A hook as far as it can be granted. */
export type GrantedPart = Pick<HookDeclaration, 'name' | 'on' | 'when' | 'needs' | 'onFailure'>

/** @throws UserError (exit 3) for a file that cannot be read: then nobody knows what was granted. */
export async function readGrants(dataDir: string): Promise<Grants> {
  return (await readGrantTable(dataDir)).plugins
}

/** What the file of that real path was granted, at whatever content it then had: see `fileNotGranted`. */
export async function fileGrant(dataDir: string, path: string): Promise<FileGrant | undefined> {
  return (await readGrantTable(dataDir)).files.get(path)
}

/** Records all that the plugin asks for now as granted; replaces an earlier grant. */
export async function grantPlugin(dataDir: string, plugin: Grantable): Promise<void> {
  const {name, root, version, unconfined = [], commands = [], loaders = [], scripts = [], hooks} = plugin
  const asked = {unconfined, commands, loaders, scripts, ...hookGrants(hooks)}
  const grant: PluginGrant = {root, version, digest: digestOf(JSON.stringify(asked)), since: now(), ...asked}
  await changeGrants(dataDir, (table) => ({...table, plugins: new Map(table.plugins).set(name, grant)}))
}

/** Records what a file asks for, at the content that it has now; replaces an earlier grant. `path` must have its links resolved. */
export async function grantFile(
  dataDir: string,
  file: {path: string; digest: string; powers?: Powers; hooks?: readonly GrantedPart[]},
): Promise<void> {
  const {path, digest, powers = {}, hooks = []} = file
  const grant: FileGrant = {path, digest, since: now(), powers, ...hookGrants(hooks)}
  await changeGrants(dataDir, (table) => ({...table, files: new Map(table.files).set(path, grant)}))
}

/** Forgets what a plugin or a file was granted, or one hook of it; false when there was nothing. */
export async function revoke(dataDir: string, kind: 'plugins' | 'files', name: string, hook?: string): Promise<boolean> {
  let found = false
  await changeGrants(dataDir, (table) => {
    const grant = table[kind].get(name)
    found = grant !== undefined && (hook === undefined || Object.hasOwn(grant.hooks, hook))
    if (!grant || !found) return table
    const rest = new Map<string, Grant>(table[kind])
    if (hook === undefined) rest.delete(name)
    else rest.set(name, without(grant, hook))
    return {...table, [kind]: rest}
  })
  return found
}

function without(grant: Grant, hook: string): Grant {
  const {[hook]: _, ...hooks} = grant.hooks
  return {...grant, hooks, revoked: [...(grant.revoked ?? []), hook]}
}

function hookGrants(hooks: readonly GrantedPart[]): Pick<Grant, 'hooks'> {
  const each = hooks.map(({name, on, when, needs, onFailure}) => [name, {on, when, powers: needs, onFailure}] as const)
  return {hooks: Object.fromEntries(each)}
}

function now(): string {
  return new Date().toISOString()
}

/** By which a file's content is told from another. */
export function digestOf(content: string | Uint8Array): string {
  // Not imported above: it takes 10 ms to load, and commands that only read grants do not need it.
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(content).digest('hex')
}

/** Why the plugin's hook may not run, or undefined when everything that it asks for was granted. */
export function notGranted(grant: PluginGrant | undefined, root: string, hook: GrantedPart): string | undefined {
  if (!grant) return 'its plugin was never granted anything'
  if (grant.root !== root) return `what was granted is a plugin of the same name in ${grant.root}`
  return hookNotGranted(grant, hook, 'version of the plugin')
}

/** Why the file, or a hook of it, may not do what it asks for, or undefined when all of it was granted. */
export function fileNotGranted(
  grant: FileGrant | undefined,
  {digest, powers = {}, hook}: {digest: string; powers?: Powers; hook?: GrantedPart},
): string | undefined {
  if (!grant) return 'its file was never granted anything'
  if (grant.digest !== digest) return 'its file has changed since it was granted'
  const more = describePowers(missingPowers(powers, grant.powers))
  if (more.length > 0) return `its file also wants to ${more.join(', to ')}`
  return hook ? hookNotGranted(grant, hook, 'content of its file') : undefined
}

function hookNotGranted(grant: Grant, hook: GrantedPart, what: string): string | undefined {
  if (grant.revoked?.includes(hook.name)) return 'its grant was taken back'
  const own = Object.hasOwn(grant.hooks, hook.name) ? grant.hooks[hook.name] : undefined
  if (!own) return `it is new in this ${what}`
  const more = moreThan(own, hook)
  return more.length > 0 ? `this version also wants to ${more.join(', to ')}` : undefined
}

/** What the hook wants beyond its grant, after "to". */
function moreThan(own: HookGrant, {on, needs, when}: GrantedPart): string[] {
  const points = own.on.map(formatPoint)
  const further = on.map(formatPoint).filter((point) => !points.includes(point))
  return [
    ...further.map((point) => `run at ${point}`),
    ...(narrower(when, own.when) ? [] : ['run for more jobs than were granted']),
    ...describePowers(missingPowers(needs, own.powers)),
  ]
}

/** Whether a condition is met by no more jobs than another; patterns are compared as they are written. */
function narrower(when: Condition, other: Condition): boolean {
  return Object.entries(other).every(([part, patterns]) => {
    const own = when[part as keyof Condition]
    return own !== undefined && own.every((pattern) => patterns.includes(pattern) || patterns.includes('*'))
  })
}
