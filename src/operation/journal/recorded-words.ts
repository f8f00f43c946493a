import type {Json} from '../../model/json.ts'
import type {RecordedWord} from './header.ts'

/** What is bound may be secret. */
const BIND = '--bind'

/** A command line as it is recorded: of what is bound only the names, and digests of the values. */
export function recordedWords(argv: readonly string[], digest: (value: Json) => string): RecordedWord[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length
  return argv.flatMap((word, index): RecordedWord[] => {
    if (index < end && word.startsWith(`${BIND}=`)) return [BIND, redacted(word.slice(BIND.length + 1), digest)]
    return [index < end && argv[index - 1] === BIND ? redacted(word, digest) : word]
  })
}

function redacted(binding: string, digest: (value: Json) => string): RecordedWord {
  const at = binding.indexOf('=')
  const name = at < 0 ? binding : binding.slice(0, at)
  return {name, digest: digest(binding)}
}
