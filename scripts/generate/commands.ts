import {existsSync, globSync, readdirSync, readFileSync} from 'node:fs'

/** As much of oclif's manifests as the contract is made of. */
export interface CommandManifest {
  id: string
  summary?: string
  description?: string
  hidden?: boolean
  aliases?: readonly string[]
  examples?: readonly string[]
  args: Record<string, {name: string; description?: string; required?: boolean; default?: unknown; options?: readonly string[]}>
  flags: Record<string, FlagManifest>
}

export interface FlagManifest {
  name: string
  type: 'boolean' | 'option'
  char?: string
  summary?: string
  helpGroup?: string
  helpValue?: string
  options?: readonly string[]
  default?: unknown
  multiple?: boolean
  required?: boolean
}

/** The commands of our own plugins, as the build has registered them, by id. */
export function ownCommands(root: string): CommandManifest[] {
  const folder = `${root}/dist/plugins`
  const plugins = existsSync(folder) ? readdirSync(folder) : []
  if (plugins.length === 0) throw new Error('There is no build to read the commands from: npm run build')
  return sorted(plugins.flatMap((plugin) => read(`${folder}/${plugin}/oclif.manifest.json`)))
}

/** The visible commands that oclif's plugins bring and none of ours replaces, by id. */
export function foreignCommands(root: string, own: readonly CommandManifest[]): CommandManifest[] {
  const taken = new Set(own.map(({id}) => id))
  const files = globSync('node_modules/@oclif/plugin-*/oclif.manifest.json', {cwd: root})
  const commands = files.flatMap((file) => read(`${root}/${file}`))
  return sorted(commands.filter(({id, hidden}) => !hidden && !taken.has(id)))
}

/** An example as a person types it. */
export function exampleText(command: CommandManifest, example: string): string {
  return example.replaceAll('<%= config.bin %>', 'aurora').replaceAll('<%= command.id %>', words(command.id))
}

/** `job:create` as a person types it: `job create`. */
export function words(id: string): string {
  return id.replaceAll(':', ' ')
}

function read(path: string): CommandManifest[] {
  const {commands} = JSON.parse(readFileSync(path, 'utf8')) as {commands: Record<string, CommandManifest>}
  return Object.values(commands)
}

function sorted(commands: readonly CommandManifest[]): CommandManifest[] {
  return commands.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}
