import {relative} from 'node:path'
import {readPackage} from './installed.ts'
import {formatPoint} from './manifest.ts'
import {describeEachPower, type Powers} from './powers.ts'
import type {RegisteredHook} from './registered.ts'
import {hookSources} from './script-sources.ts'

/** A hook as the lock holds it. */
interface LockedHook {
  on: readonly string[]
  powers: Powers
  /** Of what it declares and of every file that has a say in what it does, those of its packages, too. */
  digest: string
}

interface LockedSource {
  /** Of a plugin. */
  version?: string
  hooks: Readonly<Record<string, LockedHook>>
}

/** The hooks that may run in a project, by the plugins' names and by the files' paths from the lock's folder. */
export interface HookLock {
  plugins: Readonly<Record<string, LockedSource>>
  files: Readonly<Record<string, LockedSource>>
}

/** The lock of these hooks, in an order that is always the same. Those of the site are no matter of a project. @throws an Error for a script that cannot be read */
export async function lockHooks(hooks: readonly RegisteredHook[], folder: string): Promise<HookLock> {
  const lock = {plugins: new Map<string, LockedSource>(), files: new Map<string, LockedSource>()}
  for (const hook of hooks.filter(lockable).toSorted((a, b) => compare(a.name, b.name))) {
    const [table, name] = hook.kind === 'plugin' ? [lock.plugins, hook.owner] : [lock.files, fileOf(hook, folder)]
    const known = table.get(name) ?? {...(await versionOf(hook)), hooks: {}}
    table.set(name, {...known, hooks: {...known.hooks, [hook.name]: await lockHook(hook)}})
  }
  return {plugins: sorted(lock.plugins), files: sorted(lock.files)}
}

/** Whether a hook is one that a lock has: an optional one runs only as the file's that uses it. */
function lockable({kind, optional}: RegisteredHook): boolean {
  return kind !== 'policy' && !optional
}

/** What would run and the lock does not say, and the other way round; in words. */
export function lockDifference(lock: HookLock, now: HookLock): string[] {
  return [...differences('plugin', lock.plugins, now.plugins), ...differences('file', lock.files, now.files)]
}

function differences(kind: string, then: HookLock['plugins'], now: HookLock['plugins']): string[] {
  const names = [...new Set([...Object.keys(then), ...Object.keys(now)])].toSorted(compare)
  return names.flatMap((name) => {
    const [before, after] = [then[name], now[name]]
    const who = `${kind} ${name}`
    const versions =
      before && after && before.version !== after.version ? [`${who}: version ${before.version} is locked, ${after.version} is here`] : []
    const hooks = [...new Set([...Object.keys(before?.hooks ?? {}), ...Object.keys(after?.hooks ?? {})])].toSorted(compare)
    return [...versions, ...hooks.flatMap((hook) => hookDifference(`${who}: hook ${hook}`, before?.hooks[hook], after?.hooks[hook]))]
  })
}

function hookDifference(who: string, before: LockedHook | undefined, after: LockedHook | undefined): string[] {
  if (!after) return before ? [`${who} is locked and not here`] : []
  if (!before) return [`${who} is here and not locked`]
  const [then, now] = [asked(before), asked(after)]
  const changes = [
    ...now.filter((text) => !then.includes(text)).map((text) => `${who} also wants to ${text}`),
    ...then.filter((text) => !now.includes(text)).map((text) => `${who} no longer wants to ${text}`),
  ]
  return changes.length === 0 && before.digest !== after.digest ? [`${who}: its code or its entry has changed`] : changes
}

function asked({on, powers}: LockedHook): string[] {
  return [...on.map((point) => `run at ${point}`), ...describeEachPower(powers)]
}

async function lockHook(hook: RegisteredHook): Promise<LockedHook> {
  const {kind: _, source: _source, owner: _owner, root, blocked: _blocked, loaded: _loaded, ...declared} = hook
  const sources = await hookSources(root, hook.script)
  const digest = process.getBuiltinModule('node:crypto').hash('sha256', canonical([declared, sources]))
  return {on: hook.on.map(formatPoint).toSorted(compare), powers: hook.needs, digest: `sha256-${digest}`}
}

async function versionOf({kind, root}: RegisteredHook): Promise<{version?: string}> {
  return kind === 'plugin' ? {version: (await readPackage(root)).version} : {}
}

/** A plugin's hook that a file configures is the file's. */
function fileOf({source, kind}: RegisteredHook, folder: string): string {
  return relative(folder, source.slice(kind.length + 1)).replaceAll('\\', '/')
}

/** JSON whose fields are in one order, whatever order they were declared in. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => compare(a, b)))
      : item,
  )
}

function sorted<Value>(table: ReadonlyMap<string, Value>): Record<string, Value> {
  return Object.fromEntries([...table].toSorted(([a], [b]) => compare(a, b)))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
