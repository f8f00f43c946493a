import {Config} from '@oclif/core/config'
import manifest from '../../package.json' with {type: 'json'}
import type {AuroraCommand} from './command.ts'
import {distFile, packageRoot} from './layout.ts'

type CommandClass = (new (argv: string[], config: Config) => AuroraCommand) & {id: string; start: typeof AuroraCommand.start}

/** oclif's configuration with the root alone: directories, names and version, without reading any plugin. */
export async function ownConfig(): Promise<Config> {
  const {name, version, oclif} = manifest
  const pjson = {name, version, type: 'module', dependencies: {}, oclif: {...oclif, plugins: []}}
  const root = {
    name,
    alias: name,
    version,
    root: packageRoot,
    pjson,
    type: 'core',
    valid: true,
    hooks: {},
    commands: [],
    commandIDs: [],
    topics: [],
  }
  const config = new Config({root: packageRoot, pjson, plugins: new Map([[name, root]])} as unknown as ConstructorParameters<
    typeof Config
  >[0])
  await config.load()
  return config
}

/** Runs a command of the host's own plugins: only its module is loaded. */
export async function runOwnCommand(id: string, module: string, argv: string[]): Promise<number> {
  const [{default: command}, config] = await Promise.all([import(distFile(module)) as Promise<{default: CommandClass}>, ownConfig()])
  command.id = id
  return command.start(argv, config)
}
