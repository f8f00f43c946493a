import {ExitCode} from '../model/exit-code.ts'
import {readCatalogue, readHelp} from './catalogue.ts'
import {readCommandLine} from './command-line.ts'
import {completionSetup} from './completion.ts'
import type {Commands, runOwnCommand} from './own-command.ts'
import type {runWithPlugins} from './plugin-host.ts'
import {hasPlugins} from './user-plugins.ts'

/** The part that runs commands; a file of its own, loaded only for that. */
export interface Host {
  runOwnCommand: typeof runOwnCommand
  runWithPlugins: typeof runWithPlugins
  commands: Commands
}

/** Runs a command line to its exit code. Answers help and version without loading any command. */
export async function main(argv: readonly string[], loadHost: () => Promise<Host>): Promise<number> {
  const catalogue = readCatalogue()
  if (argv.length === 1 && argv[0] === '--version') {
    return print(`${catalogue.name}/${catalogue.version} ${process.platform}-${process.arch} node-${process.version}\n`)
  }
  const completion = completionSetup(argv, process.env)
  if (completion) return print(completion)
  const {id, rest, wantsHelp} = readCommandLine(argv, catalogue)
  const own = catalogue.commands.includes(id)
  if (own && !wantsHelp) {
    const {runOwnCommand, commands} = await loadHost()
    return runOwnCommand(id, commands, rest)
  }
  const nothingElse = rest.every((word) => word.startsWith('-'))
  const atRoot = id === '' && (wantsHelp || argv.length === 0) && !hasPlugins(process.env)
  if (own || (nothingElse && (id !== '' || atRoot))) return help(id, wantsHelp || id === '')
  const {runWithPlugins} = await loadHost()
  return runWithPlugins(argv, catalogue)
}

/** A topic alone asks for nothing: its help, as an error. */
function help(id: string, asked: boolean): number {
  const text = readHelp(process.stdout.isTTY ? process.stdout.columns : 80)[id] ?? ''
  if (asked) return print(text)
  process.stderr.write(text)
  return ExitCode.usage
}

function print(text: string): number {
  process.stdout.write(text)
  return ExitCode.ok
}
