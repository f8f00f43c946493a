import {Config, Plugin} from '@oclif/core/config'
import {handle} from '@oclif/core/handle'
import {run} from '@oclif/core/run'
import {settings} from '@oclif/core/settings'
import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import {safeLine} from '../terminal/safe-text.ts'
import type {Catalogue} from './catalogue.ts'
import {jsonText} from './json-text.ts'
import {distFile, packageRoot} from './layout.ts'
import {errorJson} from './report.ts'
import {shareHost} from './share-host.ts'

/** oclif's configuration with every plugin: ours from `dist`, oclif's own, and those that the user has installed or linked. */
async function fullConfig(catalogue: Catalogue): Promise<Config> {
  shareHost()
  // Plugins run as they are: Node strips types by itself.
  settings.enableAutoTranspile = false
  const root = new Plugin({root: packageRoot, isRoot: true, type: 'core'})
  const own = catalogue.plugins.map((name) => new Plugin({root: distFile(`plugins/${name}`), type: 'core'}))
  await Promise.all([root, ...own].map((plugin) => plugin.load()))
  const plugins = new Map([root, ...own].map((plugin) => [plugin.name, plugin]))
  const config = new Config({root: packageRoot, plugins})
  await config.load()
  await config.loadPluginsAndCommands({force: true})
  return config
}

/** Runs a command line that needs more than our own commands: oclif's, a plugin's, the root's help, or one that nobody has. */
export async function runWithPlugins(argv: readonly string[], catalogue: Catalogue): Promise<number> {
  try {
    await run([...argv], await fullConfig(catalogue))
    return Number(process.exitCode ?? 0)
  } catch (thrown) {
    if (isUnknownCommand(thrown)) return unknownCommand(argv)
    await handle(thrown as Error)
    return ExitCode.internal
  }
}

/** How oclif's plugin for unknown commands ends. */
function isUnknownCommand(thrown: unknown): boolean {
  return thrown instanceof Error && 'oclif' in thrown && (thrown.oclif as {exit?: number}).exit === 127
}

/** oclif's plugin has named the command on stderr, and suggested others. */
function unknownCommand(argv: readonly string[]): number {
  const typed = argv.slice(0, argv.findIndex((word) => word.startsWith('-')) + 1 || undefined).filter((word) => !word.startsWith('-'))
  const error = new UserError(`There is no command '${safeLine(typed.join(' '), 100)}'`, {
    code: 'usage.unknown-command',
    exitCode: ExitCode.usage,
    remedy: "See 'aurora help'.",
  })
  if (argv.includes('--json')) process.stdout.write(jsonText({error: errorJson(error)}))
  process.stderr.write(`${error.remedy}\n`)
  return error.exitCode
}
