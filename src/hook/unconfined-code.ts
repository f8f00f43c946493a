import {readdir, readFile} from 'node:fs/promises'
import {join, normalize} from 'node:path'
import {isRecord} from './manifest.ts'

/** What oclif reads of a plugin without running code of it. */
const DATA_KEYS: readonly string[] = ['topics', 'topicSeparator', 'description', 'schema', 'scope', 'state']

/** What of a plugin oclif would run outside the sandbox, by the keys of its package.json that name it: `commands`, `hooks`. */
export function unconfinedKeys(oclif: unknown): string[] {
  return isRecord(oclif) ? Object.keys(oclif).filter((key) => !DATA_KEYS.includes(key)) : []
}

/** The ids of a plugin's commands, as far as they can be known without running it: `team greet`. */
export async function commandNames(root: string, oclif: unknown): Promise<string[]> {
  const commands: unknown = isRecord(oclif) ? oclif['commands'] : undefined
  if (commands === undefined) return []
  const manifest = await readFile(join(root, 'oclif.manifest.json'), 'utf8').then(JSON.parse, () => undefined)
  if (isRecord(manifest) && isRecord(manifest['commands'])) return Object.keys(manifest['commands']).map(words).sort()
  const folder = isRecord(commands) ? commands['target'] : commands
  if (typeof folder !== 'string' || /^(\.\.)?(\/|$)/.test(normalize(folder))) return []
  const files = await readdir(join(root, folder), {recursive: true}).catch(() => [])
  const modules = files.filter((file) => !file.includes('node_modules/') && /\.[cm]?[jt]s$/.test(file) && !/\.d\.[cm]?ts$/.test(file))
  return modules.map((file) => words(file.replace(/\.[cm]?[jt]s$/, '').replace(/(^|\/)index$/, ''))).sort()
}

function words(id: string): string {
  return id.replaceAll(/[:/]/g, ' ')
}
