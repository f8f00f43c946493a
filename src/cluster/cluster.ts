import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {Json, JsonObject} from '../model/json.ts'

/** One cluster of clusters.json (reference/clusters.md §2). */
export interface Cluster {
  readonly name: string
  /** Where the scheduler answers; a scheme is added when the file gives none. */
  readonly schedulerUri?: string
  /** ZooKeeper's hosts; where they are given, the scheduler is found through them. */
  readonly zk?: string
  readonly zkPort: number
  readonly schedulerZkPath?: string
  /** What shown URLs begin with; never called. */
  readonly proxyUrl?: string
  readonly authMechanism: string
  readonly slaveRoot?: string
  readonly slaveRunDirectory?: string
  readonly dockerRegistry: string
  /** The entry as it is written, with what only a plugin knows. */
  readonly properties: Readonly<JsonObject>
  /** The file that it comes from. */
  readonly source: string
  /** It runs on this machine, started by `aurora local start`. */
  readonly local: boolean
}

/** @throws UserError (exit 3) when a property is not of its type. */
export function clusterOf(name: string, properties: JsonObject, source: string, local = false): Cluster {
  const fail = (property: string, what: string) => {
    return new UserError(`Cluster ${name} in ${source}: ${property} must be ${what}, not ${JSON.stringify(properties[property])}`, {
      code: 'cluster.invalid',
      exitCode: ExitCode.invalidConfiguration,
      remedy: `Correct ${property} of the cluster ${name} in ${source}.`,
    })
  }
  const text = (property: string) => {
    const value = own(properties, property)
    if (value === undefined || typeof value === 'string') return value
    if (typeof value === 'number') return String(value)
    throw fail(property, 'a string')
  }
  const port = (property: string) => {
    const value = own(properties, property)
    if (value === undefined) return undefined
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
    if (typeof number !== 'number' || !Number.isInteger(number) || number < 1 || number > 65_535) throw fail(property, 'a port number')
    return number
  }
  const uri = text('scheduler_uri')
  const optional = {
    schedulerUri: uri === undefined || uri === '' ? undefined : withScheme(uri),
    zk: text('zk') || undefined,
    schedulerZkPath: text('scheduler_zk_path'),
    proxyUrl: text('proxy_url'),
    slaveRoot: text('slave_root'),
    slaveRunDirectory: text('slave_run_directory'),
  }
  if (optional.schedulerUri !== undefined && !isHttpUrl(optional.schedulerUri)) throw fail('scheduler_uri', 'an http or https URL')
  return Object.freeze({
    name,
    ...present(optional),
    zkPort: port('zk_port') ?? 2181,
    authMechanism: text('auth_mechanism') ?? 'UNAUTHENTICATED',
    dockerRegistry: text('docker_registry') ?? 'https://registry-1.docker.io',
    properties,
    source,
    local,
  })
}

/** `localhost:55555`, as Aurora's documentation has it, is meant as HTTP (reference/surprises.md 19). */
function withScheme(uri: string): string {
  return uri.includes('://') ? uri : `http://${uri}`
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

/** A property that is null is as good as none. */
function own(properties: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(properties, name) ? (properties[name] ?? undefined) : undefined
}

/** Without the properties that are undefined. */
function present<T extends object>(values: T): {[Key in keyof T]?: Exclude<T[Key], undefined>} {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>
  }
}
