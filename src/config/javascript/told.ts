import {nearest} from '../../model/nearest.ts'
import {builtInTypes} from '../../schema/definitions/index.ts'

/** What a file was refused with, as messages show it. */
export interface Told {
  readonly place?: string
  readonly message: string
  readonly remedy?: string
}

/** An error out of the isolate: its place first, and what may have been meant. */
export function told(message: string): Told {
  const [, what = message, place] = /^(.*) \((\S.*:\d+)\)$/s.exec(message) ?? []
  const [, field, struct] = /^Unknown schema attribute (\w+) of (\w+)$/.exec(what) ?? []
  const remedy = REMEDIES.find(([pattern]) => pattern.test(what))?.[1]
  return {
    ...(place === undefined ? {} : {place}),
    message: field === undefined ? what : `Unknown schema attribute ${field}${nearest(field, fieldsOf(struct))}`,
    ...(remedy === undefined ? {} : {remedy}),
  }
}

function fieldsOf(struct: string | undefined): Iterable<string> {
  const type = builtInTypes.get(struct ?? '')
  return type?.kind === 'struct' ? type.fields.keys() : []
}

const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/^process is not defined/, "It is env('NAME') that reads the environment: import {env} from '@auroractl/cli/config'."],
  [/^(require|module|exports) is not defined/, 'The file is an ES module: import {…} from …, and export default […].'],
  [
    /^(fetch|XMLHttpRequest|WebSocket) is not defined/,
    'A configuration has no network; pass what is to be known with --bind, or with a variable for env(…).',
  ],
]
