import {stat} from 'node:fs/promises'
import {join, resolve} from 'node:path'
import {UserError} from '../model/errors.ts'
import {type Changes, changesSince} from './asked.ts'
import {grantPlugin, readGrants} from './grants.ts'
import {inspectPlugin, type PluginInspection} from './inspect-plugin.ts'
import {type OperationTable, isRecord} from './manifest.ts'
import {knownOperations} from './known-operations.ts'
import {refuseDisorder} from './manage-plugins.ts'
import {type InstallScript, integrityOf, newInstallScripts} from './package-tree.ts'
import {enterPlugin} from './plugin-list.ts'
import type {Staging} from './staging.ts'

/** A package as npm would install it, looked at before it is; nothing of it has been run. */
export interface Candidate extends PluginInspection {
  /** The digest of its tarball. */
  integrity: string | undefined
  /** What it and the packages that come with it want to run when they are installed. */
  scripts: readonly InstallScript[]
  /** What the user has not yet agreed to, and what is no longer asked for. */
  changes: Changes
  /** How the list of plugins names its origin. */
  entry: {name: string; type: 'user'; tag?: string; url?: string}
}

const REGISTRY_NAME = /^(?<name>(?:@[a-z\d~-][\w.~-]*\/)?[a-z\d~-][\w.~-]*)(?:@(?<tag>[^/:]*))?$/i
const TARBALL = /\.(tgz|tar\.gz|tar)$/i

/** Fetches a package into the staging folder and looks at it. @throws UserError for what cannot be fetched, or is no plugin */
export async function fetchCandidate(staging: Staging, spec: string, operations: OperationTable): Promise<Candidate> {
  const entry = await originOf(staging, spec)
  await staging.npm(['install', '--omit=dev', '--save-exact', '--', entry.url ?? `${entry.name}@${entry.tag}`])
  const known = await knownOperations(staging.dataDir, operations)
  const inspection = await inspectPlugin(join(staging.folder, 'node_modules', entry.name), known, `the package ${entry.name}`)
  if (inspection.name !== entry.name) {
    throw new UserError(`the package ${entry.name} calls itself ${inspection.name}`, {
      code: 'plugins.misnamed',
      remedy: 'Do not install it: what it is granted would be granted to another plugin. Tell its author, or whoever runs the registry.',
    })
  }
  const root = join(staging.dataDir, 'node_modules', entry.name)
  await refuseDisorder(staging.dataDir, inspection, operations)
  const scripts = await newInstallScripts(staging.folder, staging.dataDir)
  const grant = (await readGrants(staging.dataDir)).get(entry.name)
  return {
    ...inspection,
    root,
    entry,
    scripts,
    integrity: await integrityOf(staging.folder, entry.name),
    changes: changesSince(grant, {...inspection, root, scripts}),
  }
}

/** Puts the package that was looked at in its place, and grants what it asks for. */
export async function installCandidate(staging: Staging, candidate: Candidate, {allowScripts}: {allowScripts: boolean}): Promise<void> {
  if (allowScripts && candidate.scripts.length > 0) {
    const packages = new Set(candidate.scripts.map((script) => script.package))
    await staging.npm(['rebuild', '--', ...packages], {scripts: true})
  }
  await enterPlugin(staging.folder, candidate.entry)
  await staging.commit()
  await grantPlugin(staging.dataDir, candidate)
}

async function originOf(staging: Staging, spec: string): Promise<Candidate['entry']> {
  const {name, tag} = (!TARBALL.test(spec) && REGISTRY_NAME.exec(spec)?.groups) || {}
  if (name !== undefined) return {name, tag: tag || 'latest', type: 'user'}
  const path = resolve(spec)
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory()) {
    throw new UserError(`${spec} is a folder`, {code: 'plugins.folder', remedy: `Link it instead: aurora plugins link ${spec}`})
  }
  if (!found && TARBALL.test(spec) && !spec.includes(':')) {
    throw new UserError(`There is no file ${spec}`, {code: 'plugins.no-file', remedy: 'Give a name, name@version, or a tarball.'})
  }
  const url = found ? path : spec
  const packed = await staging.npm(['pack', '--dry-run', '--allow-file=all', '--allow-remote=all', '--', url])
  const first: unknown = Array.isArray(packed) ? packed[0] : isRecord(packed) ? Object.values(packed)[0] : undefined
  if (!isRecord(first) || typeof first['name'] !== 'string') {
    throw new UserError(`${spec} is no package that npm knows`, {code: 'plugins.spec', remedy: 'Give a name, name@version, or a tarball.'})
  }
  return {name: first['name'], type: 'user', url}
}
