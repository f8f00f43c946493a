import type {Catalogue} from './catalogue.ts'

/** A command line taken apart as far as the catalogue allows. */
export interface CommandLine {
  /** The longest id that the leading words spell: a command's, a topic's, or none. */
  id: string
  /** What follows the words of the id. */
  rest: string[]
  wantsHelp: boolean
}

/** `job kill west/www/prod/hello` → `job:kill` and the rest. */
export function readCommandLine(argv: readonly string[], catalogue: Pick<Catalogue, 'commands' | 'topics'>): CommandLine {
  const end = argv.indexOf('--')
  const own = end === -1 ? argv : argv.slice(0, end)
  const wantsHelp = own.includes('--help') || own.includes('-h')
  const words = argv
    .slice(0, Math.max(0, argv.findIndex((word) => word.startsWith('-')) + 1 || argv.length + 1) - 1)
    .flatMap((word) => word.split(':'))
  for (let length = words.length; length > 0; length--) {
    const id = words.slice(0, length).join(':')
    if (catalogue.commands.includes(id) || catalogue.topics.includes(id)) return {id, rest: restAfter(argv, length), wantsHelp}
  }
  return {id: '', rest: [...argv], wantsHelp}
}

/** Ids may be typed with colons, too, so words of the id are fewer than words of the line at times. */
function restAfter(argv: readonly string[], length: number): string[] {
  let consumed = 0
  let index = 0
  while (index < argv.length && consumed < length) consumed += (argv[index++] ?? '').split(':').length
  return argv.slice(index)
}
