import type {Json} from '../../model/json.ts'
import {answerOf, compare} from '../../schema/answer.ts'
import {check, interpolate} from '../../schema/evaluate.ts'
import {find} from '../../schema/find.ts'
import {type ObjectRecord, RecordError, TypeTable, ValueReader} from '../../schema/records.ts'
import {addressOf, parseReference} from '../../schema/reference.ts'
import {SchemaError} from '../../schema/schema-error.ts'
import {splitTemplate} from '../../schema/template.ts'
import {textOf} from '../../schema/text.ts'
import {type StructValue, type Value, frameInside} from '../../schema/values.ts'

type Question = (...args: Json[]) => Json

/** Answers what a running configuration asks about its values: `['ok', answer]`, or the name of an exception and its message. */
export class Engine {
  readonly types = new TypeTable()

  /** The functions that Python calls, by name. */
  readonly questions: Readonly<Record<string, Question>> = {
    type: (record) => this.types.declare(record as Json[]),
    address: guarded((address) => parseReference(text(address)).address),
    text: this.#about((value) => textOf(interpolate(value, undefined).value)),
    check: this.#about((value) => {
      const result = check(value, undefined)
      return result.ok ? [true, ''] : [false, result.message]
    }),
    interpolate: this.#about((value) => {
      const result = interpolate(value, undefined)
      return [answerOf(result.value), [...result.unbound]]
    }),
    field: this.#about((value, name) => {
      const field = (value as StructValue).fields.get(text(name))
      if (!field) throw new SchemaError('AttributeError', `${value.type.name} has no attribute ${text(name)}`)
      return answerOf(interpolate(field, frameInside(value, undefined)).value)
    }),
    split: guarded((template, keepEscapes) =>
      splitTemplate(text(template), keepEscapes === true).map((part) => (typeof part === 'string' ? part : [part.address])),
    ),
    find: this.#about((value, address) => stepsTo(value, text(address))),
    find_name: guarded((objects, root, address) => this.#findName(objects as ObjectRecord[], root, text(address))),
    compare: guarded((objects, a, b) => {
      const reader = new ValueReader(this.types, objects as ObjectRecord[])
      const [one, other] = [a, b].map((root) => interpolate(reader.value(root), undefined).value)
      return one && other ? compare(one, other) : -1
    }),
  }

  #about(answer: (value: Value, ...args: Json[]) => Json): Question {
    return guarded((objects, root, ...args) => answer(new ValueReader(this.types, objects as ObjectRecord[]).value(root), ...args))
  }

  /** The text that a name is bound to; or the address under which an object is bound, and the steps from there. */
  #findName(objects: ObjectRecord[], root: Json | undefined, address: string): Json {
    const scope = new ValueReader(this.types, objects).scope(root)
    const reference = parseReference(address)
    for (let length = reference.actions.length; scope.kind === 'names' && length > 0; length--) {
      const prefix = addressOf(reference.actions.slice(0, length))
      const bound = scope.table.get(prefix)
      if (bound === undefined || (typeof bound === 'string' && length < reference.actions.length)) continue
      if (typeof bound === 'string') return bound
      return [prefix, ...stepsTo(bound, addressOf(reference.actions.slice(length)))]
    }
    throw new SchemaError('NotFound', `Could not find ${address.replace(/^\./, '')} in object Environment`)
  }
}

/** The fields and positions that lead to the part of a value that an address names. */
function stepsTo(value: Value, address: string): Json[] {
  const steps: Json[] = []
  let at = value
  for (const action of address === '' ? [] : parseReference(address).actions) {
    const one = {actions: [action], address: addressOf([action])}
    const result = find(at, one, undefined)
    if (!('found' in result)) throw new SchemaError(result.kind, result.message)
    const part = result.found as Value
    if ('items' in at) steps.push(at.items.indexOf(part))
    else if ('entries' in at) steps.push(at.entries.findIndex(([, item]) => item === part))
    else steps.push(action.name)
    at = part
  }
  return steps
}

function guarded(answer: Question): Question {
  return (...args) => {
    try {
      return ['ok', answer(...args)]
    } catch (error) {
      if (error instanceof SchemaError) return [error.kind, error.message]
      throw error
    }
  }
}

function text(json: Json | undefined): string {
  if (typeof json !== 'string') throw new RecordError('a text is expected')
  return json
}
