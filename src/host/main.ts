import {readCatalogue, readHelp} from './catalogue.ts'
import {readCommandLine} from './command-line.ts'
import {completionSetup} from './completion.ts'

/** Runs a command line to its exit code. Answers help and version of our own commands without loading any. */
export async function main(argv: readonly string[]): Promise<number> {
  const catalogue = readCatalogue()
  if (argv.length === 1 && argv[0] === '--version') return print(`aurora/${catalogue.version} ${process.platform}-${process.arch} node-${process.version}\n`)
  const completion = completionSetup(argv, process.env)
  if (completion) return print(completion)
  const line = readCommandLine(argv, catalogue)
  const module = Object.hasOwn(catalogue.commands, line.id) ? catalogue.commands[line.id] : undefined
  if (module === undefined && !(line.id !== '' && line.rest.every((word) => word.startsWith('-')))) {
    const {runWithPlugins} = await import('./plugin-host.ts')
    return runWithPlugins(argv, catalogue)
  }
  if (module === undefined || line.wantsHelp) return help(line.id, module === undefined && !line.wantsHelp)
  const {runOwnCommand} = await import('./own-command.ts')
  return runOwnCommand(line.id, module, line.rest)
}

function help(id: string, usageError: boolean): number {
  const columns = process.stdout.isTTY ? process.stdout.columns : 80
  const text = readHelp(columns)[id] ?? ''
  if (!usageError) return print(text)
  process.stderr.write(text)
  return 2
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}
