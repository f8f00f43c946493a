import {ExitCode} from '../model/exit-code.ts'
import {readCatalogue, readHelp} from './catalogue.ts'
import {readCommandLine} from './command-line.ts'
import {completionSetup} from './completion.ts'
import {hasPlugins} from './user-plugins.ts'

/** Runs a command line to its exit code. Answers help and version without loading any command. */
export async function main(argv: readonly string[]): Promise<number> {
  const catalogue = readCatalogue()
  if (argv.length === 1 && argv[0] === '--version') {
    return print(`aurora/${catalogue.version} ${process.platform}-${process.arch} node-${process.version}\n`)
  }
  const completion = completionSetup(argv, process.env)
  if (completion) return print(completion)
  const {id, rest, wantsHelp} = readCommandLine(argv, catalogue)
  const module = Object.hasOwn(catalogue.commands, id) ? catalogue.commands[id] : undefined
  if (module !== undefined && !wantsHelp) {
    const {runOwnCommand} = await import('./own-command.ts')
    return runOwnCommand(id, module, rest)
  }
  const nothingElse = rest.every((word) => word.startsWith('-'))
  const atRoot = id === '' && (wantsHelp || argv.length === 0) && !hasPlugins(process.env)
  if (module !== undefined || (nothingElse && (id !== '' || atRoot))) return help(id, wantsHelp || id === '')
  const {runWithPlugins} = await import('./plugin-host.ts')
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
