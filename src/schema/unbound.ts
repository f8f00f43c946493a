import {construct, hold} from './construct.ts'
import {MesosJob} from './definitions/aurora.ts'
import {interpolate} from './evaluate.ts'
import type {Job} from './job.ts'
import {keyText} from './plain.ts'
import {type Problem, formatPath} from './problem.ts'
import {parseReference} from './reference.ts'
import {SchemaError} from './schema-error.ts'
import {tagsOf} from './tags.ts'
import type {Plain} from './types.ts'
import {type Value, bind, isValue, names} from './values.ts'

/** What the executor binds when a task runs, as far as it can be stood in for (reference/config-dsl.md §7). */
const LATE = names(
  Object.entries({'mesos.instance': '31337', 'mesos.hostname': '', 'thermos.task_id': ''}).map(([name, value]) => [
    parseReference(name),
    value,
  ]),
)
/** Each of the original's passes took one `&`; five or more survived, and nobody wrote them by chance. */
const WEAK_ESCAPE = /\{\{&{1,2}[^&{}]/
const BRACES = "Let the shell put the braces together: '{''{name}''}'."
const PORT = /^thermos\.ports\[[^\]]+\]$/

/** References that nobody will bind: neither the configuration nor the executor. */
export function unboundProblems(job: Job): Problem[] {
  const problems: Problem[] = []
  try {
    const {value} = interpolate(bind(construct(MesosJob, hold(job as unknown as Plain)), LATE), undefined)
    collect(value, [], problems)
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error
    problems.push({path: '', message: error.message})
  }
  return problems
}

function collect(value: Value, path: readonly (string | number)[], into: Problem[]): void {
  if ('raw' in value) {
    if (typeof value.raw !== 'string') return
    const unbound = tagsOf(value.raw).filter((address) => !PORT.test(address))
    if (unbound.length > 0) into.push(problemOf(unbound, path))
    else if (WEAK_ESCAPE.test(value.raw))
      into.push({path: formatPath(path), message: 'Escaped references do not reach the executor.', hint: BRACES})
  } else if ('items' in value) {
    value.items.forEach((item, i) => collect(item, [...path, i], into))
  } else if ('entries' in value) {
    for (const [key, item] of value.entries) collect(item, [...path, keyText(key)], into)
  } else if ('held' in value) {
    if (isValue(value.held)) collect(value.held, path, into)
  } else {
    for (const [name, field] of value.fields) collect(field, [...path, name], into)
  }
}

function problemOf(unbound: readonly string[], path: readonly (string | number)[]): Problem {
  const tags = [...new Set(unbound)].map((address) => `{{${address}}}`)
  const port = unbound.find((address) => address.startsWith('thermos.ports.'))
  return {
    path: formatPath(path),
    message: `Unexpected unbound refs: ${tags.join(' ')}.`,
    hint: port
      ? `A port is written {{thermos.ports[${port.slice('thermos.ports.'.length)}]}}.`
      : `Bind it: --bind ${unbound[0]}=VALUE, or .bind(…) in the file.`,
  }
}
