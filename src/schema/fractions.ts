import {type Problem, formatPath} from './problem.ts'
import {rawText} from './raw.ts'
import {type Held, type StructValue, isValue} from './values.ts'

/** The whole-number fields that were given a fraction, which is cut off: in Python 2 a division of whole numbers had none. */
export function fractions(struct: StructValue): Problem[] {
  const problems: Problem[] = []
  visit(struct, [], problems)
  return problems
}

function visit(held: Held, path: readonly (string | number)[], problems: Problem[]): void {
  if (!isValue(held)) return
  if ('fields' in held) for (const [name, field] of held.fields) visit(field, [...path, name], problems)
  else if ('items' in held) for (const [i, item] of held.items.entries()) visit(item, [...path, i], problems)
  else if ('entries' in held)
    for (const [key, item] of held.entries) visit(item, [...path, 'raw' in key ? rawText(key.raw) : '?'], problems)
  else if ('held' in held) visit(held.held, path, problems)
  else if (held.type.kind === 'integer' && typeof held.raw === 'number' && !Number.isInteger(held.raw)) {
    problems.push({
      path: formatPath(path),
      message: `${held.raw} is no whole number: it becomes ${Math.trunc(held.raw)}.`,
      hint: 'A whole number is meant here; in Python, 5 / 2 is 2.5, and 5 // 2 is 2.',
    })
  }
}
