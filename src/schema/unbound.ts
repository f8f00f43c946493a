import type {Job} from './job.ts'
import {nearestNames} from '../model/nearest.ts'
import {type Path, type Problem, formatPath} from './problem.ts'
import type {Leftover} from './resolve.ts'
import {badTags, hasTags} from './template.ts'
import {tagsOf} from './tags.ts'
import {isUnsetField, visibleNames} from './visible-names.ts'

/** What the executor binds when a task runs, beside its ports (reference/config-dsl.md §7). */
const LATE = ['mesos.instance', 'mesos.hostname', 'thermos.task_id']
/** What stands here for whatever the executor will put in. */
const STAND_IN = '31337'
const PORT = /^thermos\.ports\[[^\]]+\]$/
/** Each of the original's passes took one `&`; those that survive all of them, nobody wrote by chance. */
const WEAK_ESCAPE = /\{\{&{1,3}[^&{}]/
const BRACES = "Let the shell put the braces together: '{''{name}''}'."

/** All that the executor knows. */
const LATE_TAGS = /\{\{(?:mesos\.instance|mesos\.hostname|thermos\.task_id|thermos\.ports\[[\w\-./]+\])\}\}/g

/** Is it bound later than here, by whoever knows it? */
export type BoundLater = (address: string) => boolean

/** References in a finished job that nobody will bind: neither the configuration nor the executor. */
export function unboundProblems(job: Job, boundLater: BoundLater = () => false): Problem[] {
  const leftovers = Array.from(textsOf(job, []), ([path, text]) => leftover(path, text))
  return leftoverProblems(leftovers, boundLater)
}

function leftover(path: Path, text: string): Leftover {
  return {path, raw: text, text, unbound: openAddresses(text), frame: undefined}
}

/** The same, where it is known how the texts came about. A reference that reaches several fields is told where it is written. */
export function leftoverProblems(all: readonly Leftover[], boundLater: BoundLater): Problem[] {
  const leftovers = all.filter(({text}) => text.replaceAll(LATE_TAGS, '').includes('{{'))
  if (leftovers.length === 0) return []
  const written = new Set(leftovers.flatMap(({raw}) => openAddresses(raw)))
  const told = new Set<string>()
  return leftovers.flatMap((left) => {
    const own = new Set(openAddresses(left.raw))
    const unbound = left.unbound.filter((address) => {
      if (isLate(address) || boundLater(address) || (!own.has(address) && (written.has(address) || told.has(address)))) return false
      told.add(address)
      return true
    })
    if (unbound.length > 0) return [unboundProblem(left, unbound)]
    const message = shapeProblem(left, boundLater)
    return message === undefined ? [] : [{path: formatPath(left.path), ...message}]
  })
}

function unboundProblem(left: Leftover, unbound: readonly string[]): Problem {
  const path = formatPath(left.path)
  const port = unbound.find((address) => address.startsWith('thermos.ports.'))
  if (port !== undefined) {
    const hint = `A port is written {{thermos.ports[${port.slice('thermos.ports.'.length)}]}}.`
    return {path, message: `Bad port specification "{{${port}}}" (should be of form "thermos.ports[name]")`, hint}
  }
  const [first = ''] = unbound
  return {
    path,
    message: `Unexpected unbound refs: ${unbound.map((address) => `{{${address}}}`).join(' ')}.`,
    hint: bindingHint(left, first),
  }
}

/** What may have been meant by a reference that nothing is bound to. */
export function bindingHint({path, raw, frame}: Leftover, address: string): string {
  if (raw.includes(`{{.${address}}}`)) return `{{.${address}}} means {{${address}}} here. To keep the braces: ${BRACES}`
  const candidates = new Set([...visibleNames(frame), ...LATE])
  const itself = path.at(-1)
  if (typeof itself === 'string') candidates.delete(itself)
  const near = nearestNames(address, candidates).find((name) => tailsAreNear(address, name))
  if (near !== undefined) return `Did you mean {{${near}}}?`
  if (isUnsetField(address, frame)) return `The field ${address} is not set.`
  return `Bind it: --bind ${address}=VALUE, or .bind(…) in the file.`
}

/** Of names in the same scope, what follows it must be near as well. */
function tailsAreNear(address: string, name: string): boolean {
  const start = address.lastIndexOf('.') + 1
  return !name.startsWith(address.slice(0, start)) || nearestNames(address.slice(start), [name.slice(start)]).length > 0
}

/** Texts whose braces mean something else than they seem to. */
function shapeProblem({text, unbound}: Leftover, boundLater: BoundLater): {message: string; hint: string} | undefined {
  const known = new Set(unbound)
  const later = openAddresses(text.replaceAll(LATE_TAGS, STAND_IN))
  const nested = later.find((address) => !known.has(address) && !PORT.test(address) && !openAddresses(text).includes(address))
  if (nested !== undefined) {
    const hint = 'Only the executor knows {{mesos.…}} and {{thermos.…}}; they cannot be a part of another reference.'
    return {message: `Unexpected unbound refs: {{${nested}}}. Make sure you are not nesting template variables.`, hint}
  }
  const escaped = openAddresses(text).some((address) => !known.has(address) && !isLate(address) && !boundLater(address))
  if (!escaped && !WEAK_ESCAPE.test(text) && badTags(text).length === 0) return undefined
  return {message: 'Escaped references do not reach the executor.', hint: BRACES}
}

/** Is a reference left in the text that nobody will bind? */
export function isOpen({unbound}: Leftover, boundLater: BoundLater): boolean {
  return unbound.some((address) => !isLate(address) && !boundLater(address))
}

function isLate(address: string): boolean {
  return LATE.includes(address) || PORT.test(address)
}

/** The addresses of the references in a text, each once; none of a text with braces that are no references. */
function openAddresses(text: string): string[] {
  return badTags(text).length > 0 ? [] : [...new Set(tagsOf(text))]
}

function* textsOf(value: unknown, path: Path): Generator<[Path, string]> {
  if (typeof value === 'string') {
    if (hasTags(value)) yield [path, value]
  } else if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* textsOf(item, [...path, i])
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) yield* textsOf(item, [...path, name])
  }
}
