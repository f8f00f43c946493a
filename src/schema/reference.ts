import {SchemaError} from './schema-error.ts'

/** One part of an address: `.name` or `[index]`. */
export interface Action {
  readonly index: boolean
  readonly name: string
}

/** The parsed address of a `{{…}}` tag (reference/config-dsl.md §3.1). */
export interface Reference {
  readonly actions: readonly Action[]
  /** The canonical address, every name with its dot: `.a.b[c]`. */
  readonly address: string
}

/** Letters and digits are those of every script, as in Python; the first of a reference alone is one of A to Z, or `_`. */
const ACTION = /\.([\p{L}\p{Nl}\p{No}_][\p{L}\p{N}_]*)|\[([\p{L}\p{N}_\-./]+)\]/uy
const parsed = new Map<string, Reference>()
const REMEMBERED = 10_000

/** @throws SchemaError for anything but names and indexes. */
export function parseReference(text: string): Reference {
  const known = parsed.get(text)
  if (known) return known
  const reference = parse(text)
  if (parsed.size >= REMEMBERED) parsed.clear()
  parsed.set(text, reference)
  return reference
}

function parse(text: string): Reference {
  const first = text[0]
  if (first === undefined) throw new SchemaError('InvalidRefError', "Invalid address: ''")
  const leads = first === '.' || first === '['
  if (!leads && !/[A-Za-z_]/.test(first)) throw new SchemaError('InvalidRefError', text)
  const address = leads ? text : `.${text}`
  const actions: Action[] = []
  ACTION.lastIndex = 0
  while (ACTION.lastIndex < address.length) {
    const match = ACTION.exec(address)
    if (!match) throw new SchemaError('InvalidRefError', `Badly formed address ${address}`)
    actions.push(match[1] === undefined ? {index: true, name: match[2] ?? ''} : {index: false, name: match[1]})
  }
  return {actions, address}
}

/** The reference without its first actions. */
export function tail(reference: Reference, from: number): Reference {
  if (from === 0) return reference
  const actions = reference.actions.slice(from)
  return {actions, address: addressOf(actions)}
}

export function addressOf(actions: readonly Action[]): string {
  let address = ''
  for (const action of actions) address += action.index ? `[${action.name}]` : `.${action.name}`
  return address
}

/** The address as a person writes it: `a.b[c]`. */
export function formatReference(reference: Reference): string {
  return reference.address.startsWith('.') ? reference.address.slice(1) : reference.address
}
