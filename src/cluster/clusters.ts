import {readFile, stat} from 'node:fs/promises'
import {homedir} from 'node:os'
import {join} from 'node:path'
import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {JsonObject} from '../model/json.ts'
import {type Cluster, clusterOf} from './cluster.ts'
import {LOCAL_CLUSTER, localStateFile, type LocalState, readLocalStates} from './local-state.ts'
import {parseClusters} from './parse-clusters.ts'

/** The clusters that the user can name. */
export interface Clusters {
  /** @throws UserError (exit 3) for one that is not there, or not valid. */
  get(name: string): Cluster
  names(): string[]
  list(): Cluster[]
}

interface Entry {
  properties: JsonObject
  source: string
  local: boolean
}

/**
 * The clusters of the files (the later one's entry replaces the earlier one's), and the local ones that no file names
 * (reference/clusters.md §1). @throws UserError (exit 3)
 */
export async function loadClusters(env: NodeJS.ProcessEnv): Promise<Clusters> {
  const entries = new Map<string, Entry>()
  const files = await clusterFiles(env)
  const [states, ...texts] = await Promise.all([readLocalStates(env), ...files.map(readOptional)])
  for (const state of states)
    entries.set(state.name, {properties: localProperties(state), source: localStateFile(env, state.name), local: true})
  for (const [index, text] of texts.entries()) {
    const source = files[index]
    if (text === undefined || source === undefined) continue
    for (const {name, properties} of await parseClusters(text, source)) entries.set(name, {properties, source, local: false})
  }
  const known = new Map<string, Cluster>()
  const get = (name: string): Cluster => {
    const entry = entries.get(name)
    if (!entry) throw unknown(name, [...entries.keys()], files)
    let cluster = known.get(name)
    if (!cluster) known.set(name, (cluster = clusterOf(name, entry.properties, entry.source, entry.local)))
    return cluster
  }
  return {get, names: () => [...entries.keys()], list: () => [...entries.keys()].map(get)}
}

/** AURORA_CONFIG_ROOT is a folder in Aurora's code and a file in its documentation: both will do (reference/surprises.md 19). */
async function clusterFiles(env: NodeJS.ProcessEnv): Promise<string[]> {
  const root = env['AURORA_CONFIG_ROOT'] || '/etc/aurora'
  const isFile = await stat(root).then(
    (found) => !found.isDirectory(),
    () => false,
  )
  return [isFile ? root : join(root, 'clusters.json'), join(env['HOME'] || homedir(), '.aurora/clusters.json')]
}

/** Undefined for a file that is not there. */
async function readOptional(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined
    throw new UserError(`Unable to read ${file}: ${error instanceof Error ? error.message : String(error)}`, {
      code: 'cluster.file-unreadable',
      exitCode: ExitCode.invalidConfiguration,
      cause: error,
    })
  }
}

function localProperties({name, schedulerUri, slaveRoot, slaveRunDirectory}: LocalState): JsonObject {
  return {
    name,
    scheduler_uri: schedulerUri,
    ...(slaveRoot === undefined ? {} : {slave_root: slaveRoot}),
    ...(slaveRunDirectory === undefined ? {} : {slave_run_directory: slaveRunDirectory}),
  }
}

function unknown(name: string, names: string[], files: string[]): UserError {
  return new UserError(`Unknown cluster: ${name}`, {
    code: 'cluster.unknown',
    exitCode: ExitCode.invalidConfiguration,
    remedy:
      names.length === 0
        ? `No cluster is configured: 'aurora local start' starts one on this machine; others are listed in ${files.join(' or ')}.`
        : name === LOCAL_CLUSTER
          ? "'aurora local start' starts it on this machine."
          : `Valid clusters: ${names.toSorted().join(', ')}.`,
  })
}
