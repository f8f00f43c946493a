/** Who may import whom: a room imports only rooms to its left, plugins only the doors, and the local scheduler's core nothing at all. */
import {globSync, readFileSync} from 'node:fs'
import {dirname, normalize} from 'node:path'

/** Rooms from left to right; those of one group do not know each other. */
const ROOMS = [
  ['model'],
  ['schema', 'cluster', 'terminal'],
  ['scheduler'],
  ['sandbox'],
  ['config'],
  ['operation'],
  ['hook'],
  ['steps'],
  ['host'],
]
const RANK = new Map(ROOMS.flatMap((group, rank) => group.map((room) => [room, rank] as const)))
/** Doors that are imported inside guests: they see what a guest may see. */
const GUEST_DOORS: Record<string, readonly string[]> = {hook: ['model', 'schema'], config: ['model', 'schema'], script: ['model', 'schema']}
const PUBLIC = [
  '@auroractl/cli',
  '@auroractl/cli/hook',
  '@auroractl/cli/config',
  '@auroractl/cli/script',
  '@auroractl/cli/thrift',
  '@auroractl/cli/schema',
]
/** Modules that touch time, disk, network, processes or chance. */
const IMPURE = /^node:/

const violations: string[] = []

for (const file of globSync(['src/**/*.ts', 'plugins/*/src/**/*.ts'])) {
  for (const specifier of importsOf(readFileSync(file, 'utf8'))) {
    const why = file.startsWith('src/') ? inHouse(file, specifier) : inPlugin(file, specifier)
    if (why) violations.push(`${file}: imports ${specifier}: ${why}`)
  }
}

if (violations.length > 0) {
  console.error(violations.join('\n'))
  process.exit(1)
}
console.log('import rules: held')

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|\bimport\('([^']+)'\)|(?:^|\n)import '([^']+)'/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  )
}

function inHouse(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('@auroractl/')) return 'the house does not import its own doors'
  if (!specifier.startsWith('.')) return undefined
  const target = normalize(`${dirname(file)}/${specifier}`)
  const [from, to] = [roomOf(file), roomOf(target)]
  if (from === undefined) {
    const door = /^src\/([^/]+)\.ts$/.exec(file)?.[1] ?? ''
    const allowed = GUEST_DOORS[door]
    return allowed && to !== undefined && !allowed.includes(to) ? `the door ${door} is imported inside guests` : undefined
  }
  if (to === undefined) return target === 'package.json' ? undefined : 'a room does not import a door'
  if (from === to) return undefined
  if (from === 'sandbox' && to !== 'model') return 'sandbox imports only model'
  const [fromRank, toRank] = [RANK.get(from), RANK.get(to)]
  if (fromRank === undefined || toRank === undefined) return 'a room that the house does not have'
  return toRank < fromRank ? undefined : `${to} is not to the left of ${from}`
}

function inPlugin(file: string, specifier: string): string | undefined {
  const [, plugin = ''] = /^plugins\/([^/]+)\//.exec(file) ?? []
  if (specifier.startsWith('.')) {
    const target = normalize(`${dirname(file)}/${specifier}`)
    if (!target.startsWith(`plugins/${plugin}/`)) return 'a plugin imports no file outside itself'
    const core = `plugins/${plugin}/src/core/`
    if (target === `plugins/${plugin}/src/agent/types.ts`) return undefined
    return plugin === 'local' && file.startsWith(core) && !target.startsWith(core) ? 'the core is pure' : undefined
  }
  if (plugin === 'local' && file.includes('/src/core/') && IMPURE.test(specifier)) return 'the core touches neither time, disk nor network'
  if (specifier.startsWith('@auroractl/cli') && !PUBLIC.includes(specifier)) return 'not a door'
  return undefined
}

function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1]
}
