import {Config, Plugin} from '@oclif/core/config'
import {handle} from '@oclif/core/handle'
import {run} from '@oclif/core/run'
import {settings} from '@oclif/core/settings'
import {nearest} from '../model/nearest.ts'
import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import {logLine} from '../terminal/log-line.ts'
import {safeLine} from '../terminal/safe-text.ts'
import type {Catalogue} from './catalogue.ts'
import {readCommandLine} from './command-line.ts'
import {jsonText} from './json-text.ts'
import {distFile, packageRoot} from './layout.ts'
import {errorJson, errorText} from './report.ts'
import {loadUserPlugins} from './load-user-plugins.ts'
import {dataFolder} from './own-command.ts'
import {shareHost} from './share-host.ts'

/** oclif's configuration with every plugin: ours from `dist`, oclif's own, and those that the user has installed or linked. */
async function fullConfig(catalogue: Catalogue, warn: (text: string) => void): Promise<Config> {
  shareHost()
  // Plugins run as they are: Node strips types by itself.
  settings.enableAutoTranspile = false
  const root = new Plugin({root: packageRoot, isRoot: true, type: 'core'})
  const own = catalogue.plugins.map((name) => new Plugin({root: distFile(`plugins/${name}`), type: 'core'}))
  const [users] = await Promise.all([loadUserPlugins(dataFolder(process.env)), ...[root, ...own].map((plugin) => plugin.load())])
  for (const {name, problem} of users.loads) if (problem !== undefined) warn(`plugin ${name}: ${problem}`)
  const plugins = new Map([root, ...own, ...users.plugins].map((plugin) => [plugin.name, plugin]))
  const config = new Config({root: packageRoot, plugins, userPlugins: false})
  await config.load()
  await config.loadPluginsAndCommands({force: true})
  return config
}

/** Runs a command line that needs more than our own commands: oclif's, a plugin's, the root's help, or one that nobody has. */
export async function runWithPlugins(argv: readonly string[], catalogue: Catalogue): Promise<number> {
  try {
    const config = await fullConfig(catalogue, (text) => process.stderr.write(logLine('warn', safeLine(text))))
    const unknown = unknownCommand(argv, config)
    if (unknown) return tell(unknown, argv)
    await run([...argv], config)
    return Number(process.exitCode ?? 0)
  } catch (thrown) {
    await handle(thrown as Error)
    return ExitCode.internal
  }
}

/**
 * An error for words that name no command. One that is alike is suggested, never run: oclif's own plugin for this asks, with yes as
 * the answer to a mere Enter, and `job killal` is too near to `job killall` for that.
 */
function unknownCommand(argv: readonly string[], config: Config): UserError | undefined {
  const visible = config.commands.filter(({hidden}) => !hidden).map(({id}) => id)
  const commands = [...config.commandIDs, ...config.commands.flatMap(({aliases}) => aliases)]
  const topics = config.topics.map(({name}) => name)
  const {id, rest, wantsHelp} = readCommandLine(argv, {commands, topics})
  if (wantsHelp || argv.length === 0 || argv[0] === '--version' || commands.includes(id) || (id !== '' && rest.length === 0))
    return undefined
  const words = argv.filter((word) => !word.startsWith('-'))
  const typed = words.slice(0, 3).join(' ')
  const ids = visible.map((each) => each.replaceAll(':', ' '))
  const guesses = [3, 2, 1].map((count) => nearest(words.slice(0, count).join(' '), ids)).filter(Boolean)
  return new UserError(`There is no command '${safeLine(typed, 100)}'${guesses[0] ?? ''}`, {
    code: 'usage.unknown-command',
    exitCode: ExitCode.usage,
    remedy: id === '' ? "See 'aurora help'." : `See 'aurora ${id.replaceAll(':', ' ')} --help'; options come after the command.`,
  })
}

function tell(error: UserError, argv: readonly string[]): number {
  if (argv.includes('--json')) process.stdout.write(jsonText({error: errorJson(error)}))
  process.stderr.write(errorText(error))
  return error.exitCode
}
