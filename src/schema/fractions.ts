import {keyText} from './plain.ts'
import {type Path, type Problem, formatPath} from './problem.ts'
import {PyFloat, Quotient, type Raw} from './raw.ts'
import {type Held, type StructValue, isValue} from './values.ts'

/** The whole-number fields that were given a fraction, which is cut off: in Python 2 a division of whole numbers had none. */
export function fractions(struct: StructValue): Problem[] {
  const problems: Problem[] = []
  visit(struct, [], problems)
  return problems
}

function visit(held: Held, path: Path, problems: Problem[]): void {
  if (!isValue(held)) return
  if ('fields' in held) for (const [name, field] of held.fields) visit(field, [...path, name], problems)
  else if ('items' in held) for (const [i, item] of held.items.entries()) visit(item, [...path, i], problems)
  else if ('entries' in held) for (const [key, item] of held.entries) visit(item, [...path, keyText(key)], problems)
  else if ('held' in held) visit(held.held, path, problems)
  else if (held.type.kind === 'integer') problems.push(...ofInteger(held.raw).map((problem) => ({path: formatPath(path), ...problem})))
}

/** From here on a fraction is no part of what was meant: bytes of memory, say. */
const LARGE = 1_000_000

function ofInteger(raw: Raw): Omit<Problem, 'path'>[] {
  const value = raw instanceof PyFloat ? raw.value : raw
  if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) >= LARGE) return []
  if (!Number.isInteger(value)) {
    const message = `${value} is no whole number: it becomes ${Math.trunc(value)}.`
    return [{message, hint: 'A whole number is meant here; in Python, 5 / 2 is 2.5, and 5 // 2 is 2.'}]
  }
  if (!(raw instanceof Quotient)) return []
  const message = `${value} comes from a division that is not whole: in Python 2 it was rounded down on the way.`
  return [{message, hint: 'If that was meant, write // for it: 5 / 2 * 2 is 5, and 5 // 2 * 2 is 4.'}]
}
