import type {Json} from '../../model/json.ts'
import type {RecordedWord} from './header.ts'

/** What is bound may be secret. */
const BIND = '--bind'
/** What hooks are told may be secret, too, and they ask again. */
const ANSWER = '--answer'
const SHORTEST_SECRET = 6

/** A command line as it is recorded: of what is bound only the names, and digests of the values; of answers to hooks nothing. */
export function recordedWords(argv: readonly string[], digest: (value: Json) => string): RecordedWord[] {
  return argv.flatMap((word, index): RecordedWord[] => {
    if (valueAt(ANSWER, argv, index) !== undefined || (word === ANSWER && isOption(argv, index))) return []
    const binding = valueAt(BIND, argv, index)
    if (binding === undefined) return [word]
    const redacted = {name: binding.split('=', 1)[0] ?? '', digest: digest(binding)}
    return word === binding ? [redacted] : [BIND, redacted]
  })
}

/** The values that are bound, but for those so short that they are in many a word. */
export function boundValues(argv: readonly string[]): string[] {
  return argv.flatMap((_, index) => {
    const binding = valueAt(BIND, argv, index)
    const value = binding?.slice(binding.indexOf('=') + 1) ?? ''
    return value.length < SHORTEST_SECRET ? [] : [value]
  })
}

/** The value that a word gives to an option, by itself or behind it. */
function valueAt(option: string, argv: readonly string[], index: number): string | undefined {
  const word = argv[index]
  if (!isOption(argv, index)) return undefined
  if (word?.startsWith(`${option}=`)) return word.slice(option.length + 1)
  return argv[index - 1] === option ? word : undefined
}

function isOption(argv: readonly string[], index: number): boolean {
  const end = argv.indexOf('--')
  return end === -1 || index < end
}
