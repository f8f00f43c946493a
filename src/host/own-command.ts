import {homedir} from 'node:os'
import {join} from 'node:path'
import {Config} from '@oclif/core/config'
import manifest from '../../package.json' with {type: 'json'}
import {InternalError} from '../model/errors.ts'
import type {AuroraCommand} from './command.ts'
import {startHooksEarly} from './hooks.ts'
import {packageRoot} from './layout.ts'

type CommandClass = (new (argv: string[], config: Config) => AuroraCommand) & {id: string; start: typeof AuroraCommand.start}

/** oclif's configuration as far as a command of ours needs it: directories, names and version. No plugin is read, no file looked at. */
function ownConfig(env: NodeJS.ProcessEnv): Config {
  const {name, version, oclif} = manifest
  const home = env['HOME'] || homedir()
  const folder = (kind: 'cache' | 'config' | 'data', usual: string) =>
    env[`AURORA_${kind.toUpperCase()}_DIR`] || join(env[`XDG_${kind.toUpperCase()}_HOME`] || join(home, usual), oclif.dirname)
  const pjson = {name, version, type: 'module', dependencies: {}, oclif: {...oclif, topicSeparator: ' ' as const, plugins: []}}
  return Object.assign(new Config({root: packageRoot}), {
    name,
    version,
    home,
    pjson,
    root: packageRoot,
    bin: oclif.bin,
    dirname: oclif.dirname,
    topicSeparator: ' ' as const,
    cacheDir: folder('cache', '.cache'),
    configDir: folder('config', '.config'),
    dataDir: folder('data', '.local/share'),
    userAgent: `${name}/${version} ${process.platform}-${process.arch} node-${process.version}`,
    valid: true,
    // The plugin whose oclif hooks run at every parse: it has none.
    rootPlugin: {name, version, root: packageRoot, hooks: {}},
  })
}

/** Where the user's plugins and their grants are. */
export function dataFolder(env: NodeJS.ProcessEnv): string {
  return ownConfig(env).dataDir
}

/** The commands of our own plugins by id, each loaded on its own. */
export type Commands = Readonly<Record<string, () => Promise<{default: CommandClass}>>>

let known: Commands | undefined

/** Our own commands, once one of them runs. */
export function ownCommandsOfHost(): Commands | undefined {
  return known
}

/** Runs a command of our own plugins: only its module is loaded. */
export async function runOwnCommand(id: string, commands: Commands, argv: string[]): Promise<number> {
  known = commands
  const load = commands[id]
  if (!load) throw new InternalError(`The catalogue has a command that the host has not: ${id}`)
  const config = ownConfig(process.env)
  startHooksEarly(id, argv, config.dataDir)
  const {default: command} = await load()
  command.id = id
  return command.start(argv, config)
}
