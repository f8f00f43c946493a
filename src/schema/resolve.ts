import {construct, heldRepr} from './construct.ts'
import {type Room, WANTED, failures, interpolate, newRoom, resolveChoice} from './evaluate.ts'
import {keyText, plainOf} from './plain.ts'
import type {Path} from './problem.ts'
import {rawRepr} from './raw.ts'
import {SchemaError} from './schema-error.ts'
import {badTags, brokenTag, hasTags} from './template.ts'
import type {Plain} from './types.ts'
import {type ChoiceValue, type Frame, type MapValue, type Scalar, type StructValue, type Value, frameInside, isValue} from './values.ts'

/** A text in which braces are left after all that is known was replaced. */
export interface Leftover {
  readonly path: Path
  /** As the configuration has it. */
  readonly raw: string
  readonly text: string
  readonly unbound: readonly string[]
  /** Where its references were looked up. */
  readonly frame: Frame | undefined
}

/** A part of a value that is missing, or cannot have its type. */
export interface Fault {
  readonly path: Path
  readonly message: string
  readonly hint?: string
  readonly missing?: boolean
  /** What is wrong came from elsewhere, by a reference. */
  readonly inherited?: boolean
  /** What is wrong is that references are left. */
  readonly leftover?: Leftover
}

export interface Resolution {
  /** The value as plain data, without the parts that are at fault. */
  readonly plain: Plain
  /** The addresses that nothing is bound to. */
  readonly unbound: ReadonlySet<string>
  readonly faults: readonly Fault[]
  readonly leftovers: readonly Leftover[]
}

/** Replaces the references of a struct and gives each part its type; goes on where something is wrong, so that all of it is known in the end. */
export function resolve(value: StructValue): Resolution {
  const walk = new Walk()
  return {plain: walk.visit(value, undefined) ?? null, unbound: walk.unbound, faults: walk.faults, leftovers: walk.leftovers}
}

class Walk {
  readonly unbound = new Set<string>()
  readonly faults: Fault[] = []
  readonly leftovers: Leftover[] = []
  readonly #path: (string | number)[] = []
  readonly #room: Room = newRoom()

  visit(value: Value, outer: Frame | undefined): Plain | undefined {
    if ('raw' in value) return this.#scalar(value, outer)
    const frame = frameInside(value, outer)
    if ('items' in value) return value.items.map((item, i) => this.#at(i, item, frame) ?? null)
    if ('entries' in value) return this.#map(value, frame)
    if ('held' in value) return this.#choice(value, frame)
    return this.#struct(value, frame)
  }

  #at(step: string | number, value: Value, frame: Frame | undefined): Plain | undefined {
    this.#path.push(step)
    const plain = this.visit(value, frame)
    this.#path.pop()
    return plain
  }

  #struct(value: StructValue, frame: Frame | undefined): Plain {
    const plain: Record<string, Plain> = {}
    for (const {name, required} of value.type.fields.values()) {
      const field = value.fields.get(name)
      if (field) {
        const made = this.#at(name, field, frame)
        if (made !== undefined) plain[name] = made
      } else if (required) {
        this.faults.push({path: [...this.#path, name], message: `${value.type.name}[${name}] is required.`, missing: true})
      }
    }
    return plain
  }

  #map(value: MapValue, frame: Frame | undefined): Plain {
    const entries = value.entries.flatMap(([key, item]): [string, Plain][] => {
      const name = this.#at(keyText(key), key, frame)
      const plain = this.#at(keyText(key), item, frame)
      return name === undefined || plain === undefined ? [] : [[typeof name === 'string' ? name : keyText(key), plain]]
    })
    return Object.fromEntries(entries)
  }

  #choice(value: ChoiceValue, frame: Frame | undefined): Plain | undefined {
    try {
      return this.visit(resolveChoice(value, frame, this.#room), frame)
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error
      this.#fault(
        `${cut(heldRepr(value.held))} is none of ${value.type.alternatives.map(({name}) => name).join(', ')}`,
        whyNot(value, frame),
      )
      return undefined
    }
  }

  #scalar(value: Scalar, outer: Frame | undefined): Plain | undefined {
    const {raw, type} = value
    const template = typeof raw === 'string' && hasTags(raw) ? raw : undefined
    try {
      const {value: made, unbound} = interpolate(value, outer, this.#room)
      for (const address of unbound) this.unbound.add(address)
      const text = made.raw
      if (template === undefined || typeof text !== 'string' || !hasTags(text)) return plainOf(made)
      const left: Leftover = {path: [...this.#path], raw: template, text, unbound: [...unbound], frame: frameInside(value, outer)}
      if (type.kind === 'string') {
        this.leftovers.push(left)
        return text
      }
      const wanted = type.kind === 'enum' ? `one of ${type.values.join(', ')}` : WANTED[type.kind]
      this.faults.push({path: left.path, message: `${rawRepr(text)} is not ${wanted}`, leftover: left})
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error
      this.#scalarFault(error, template)
    }
    return undefined
  }

  #scalarFault(error: SchemaError, template: string | undefined): void {
    if (error.kind !== 'InvalidRefError') return this.#fault(error.message, hintOfScalar(error), template !== undefined)
    const own = template === undefined ? [] : badTags(template)
    for (const tag of own) this.#fault(`'{{${tag}}}' is no reference`, hintOfTag(tag))
    if (own.length === 0) this.#fault(`'{{${brokenTag(error)}}}' is no reference`, hintOfTag(brokenTag(error)), true)
  }

  #fault(message: string, hint?: string, inherited = false): void {
    this.faults.push({path: [...this.#path], message, ...(hint === undefined ? {} : {hint}), ...(inherited ? {inherited} : {})})
  }
}

const MOST_SHOWN = 100

function cut(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
}

function hintOfScalar({message}: SchemaError): string | undefined {
  const [, number, unit] = /^Cannot coerce '\s*(\d+)\s*([KMGT])i?B?\s*' to Integer/i.exec(message) ?? []
  if (unit !== undefined) return `It is a number, of bytes: ${number}*${unit.toUpperCase()}B.`
  if (message.endsWith('Maximum replacements reached.'))
    return 'It leads back to itself: the field of a struct goes before what is bound to the same name.'
  return undefined
}

function hintOfTag(tag: string): string {
  const trimmed = tag.trim()
  if (trimmed !== tag && badTags(`{{${trimmed}}}`).length === 0) return `Write it without blanks: {{${trimmed}}}.`
  return 'A reference is a name, then names after dots or indexes in brackets: {{profile.cpu}}, {{thermos.ports[http]}}.'
}

/** What the alternative lacks that was probably meant: the first that knows all the names. */
function whyNot({type, held}: ChoiceValue, frame: Frame | undefined): string | undefined {
  if (isValue(held)) return undefined
  for (const alternative of type.alternatives) {
    try {
      const [first] = failures(construct(alternative, held), frame)
      return first ? `As ${alternative.name}: ${first.message}` : `Say what it is: ${alternative.name}(…).`
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error
    }
  }
  return undefined
}
