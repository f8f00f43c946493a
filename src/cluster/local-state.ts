import {readdir, readFile} from 'node:fs/promises'
import {homedir} from 'node:os'
import {isAbsolute, join} from 'node:path'
import {UserError} from '../model/errors.ts'
import {isIdentifier} from '../model/job-key.ts'

/** The cluster that `aurora local start` starts unless it is told another name. */
export const LOCAL_CLUSTER = 'devcluster'

/** What a running local cluster says of itself, so that commands know it without a clusters.json. Written by the local scheduler. */
export interface LocalState {
  name: string
  /** `http://127.0.0.1:8081` */
  schedulerUri: string
  pid: number
  /** The build that runs, by which a newer client knows that it is an older one. */
  build: string
  /** As slave_root and slave_run_directory of clusters.json: where the tasks' sandboxes are. */
  slaveRoot?: string
  slaveRunDirectory?: string
}

/** Where the local clusters of a user have their folders; the user's own (0700). */
function localFolder(env: NodeJS.ProcessEnv): string {
  const state = env['XDG_STATE_HOME']
  // A relative path there is to be ignored, says the XDG specification.
  return join(state && isAbsolute(state) ? state : join(env['HOME'] || homedir(), '.local/state'), 'aurora/local')
}

/** @throws UserError for a name that cannot be one of a folder. */
export function localStateFile(env: NodeJS.ProcessEnv, name = LOCAL_CLUSTER): string {
  if (!isIdentifier(name) || /^\.+$/.test(name))
    throw new UserError(`A local cluster cannot be named '${name}'`, {code: 'cluster.name-invalid'})
  return join(localFolder(env), name, 'state.json')
}

/** Undefined when the cluster was never started, and when the file is damaged: starting it again writes it anew. */
export async function readLocalState(env: NodeJS.ProcessEnv, name = LOCAL_CLUSTER): Promise<LocalState | undefined> {
  try {
    const state: unknown = JSON.parse(await readFile(localStateFile(env, name), 'utf8'))
    return isLocalState(state) && state.name === name ? state : undefined
  } catch {
    return undefined
  }
}

/** The local clusters that were started and not stopped for good. */
export async function readLocalStates(env: NodeJS.ProcessEnv): Promise<LocalState[]> {
  let names: string[]
  try {
    names = await readdir(localFolder(env))
  } catch {
    return []
  }
  const states = await Promise.all(names.filter(isIdentifier).map((name) => readLocalState(env, name)))
  return states.filter((state) => state !== undefined)
}

function isLocalState(value: unknown): value is LocalState {
  if (typeof value !== 'object' || value === null) return false
  const {name, schedulerUri, pid, build, slaveRoot, slaveRunDirectory} = value as Partial<Record<keyof LocalState, unknown>>
  const optional = [slaveRoot, slaveRunDirectory].every((text) => text === undefined || typeof text === 'string')
  return [name, schedulerUri, build].every((text) => typeof text === 'string') && Number.isSafeInteger(pid) && optional
}
