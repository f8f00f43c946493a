import {stat} from 'node:fs/promises'
import {asAuroraError, type HookFiles, loadHooks, type OperationTable, pluginManager} from '@auroractl/cli'
import type {Finding} from '../finding.ts'

/** Hooks that are blocked, and grants that nobody needs any more. */
export async function checkGrants(dataDir: string, operations: OperationTable, files: HookFiles): Promise<Finding[]> {
  try {
    const {readGrantTable, installedPlugins} = await pluginManager()
    const [registry, grants, plugins] = await Promise.all([
      loadHooks(dataDir, operations, files),
      readGrantTable(dataDir),
      installedPlugins(dataDir),
    ])
    const blocked = registry.hooks.flatMap(({name, source, blocked: why}): Finding[] =>
      why === undefined ? [] : [finding(name, 'problem', `the hook of ${source} is blocked, and denies what it guards: ${why}`)],
    )
    const orphans = [...grants.plugins].flatMap(([name, {root}]): Finding[] =>
      plugins.some((plugin) => plugin.name === name && plugin.root === root) ? [] : [orphan(name, `in ${root}`)],
    )
    const gone = await Promise.all(
      [...grants.files.keys()].map(async (path): Promise<Finding[]> => ((await exists(path)) ? [] : [orphan(path, 'as a file')])),
    )
    const odd = registry.problems.map((text) => finding('manifest', 'warning', text))
    const all = [...blocked, ...odd, ...orphans, ...gone.flat()]
    return all.length > 0
      ? all
      : [finding('hooks', 'ok', registry.hooks.length === 0 ? 'there are no hooks' : `no hook is blocked, of ${registry.hooks.length}`)]
  } catch (thrown) {
    const {message, remedy} = asAuroraError(thrown)
    return [{...finding('hooks', 'problem', message), ...(remedy === undefined ? {} : {remedy})}]
  }
}

function orphan(name: string, where: string): Finding {
  return {...finding(name, 'warning', `has a grant and is no longer there ${where}`), remedy: `Take it back: aurora hooks revoke ${name}`}
}

function finding(subject: string, status: Finding['status'], text: string): Finding {
  return {check: 'grants', subject, status, text}
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
