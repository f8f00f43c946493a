import {type Reference, formatReference, parseReference} from './reference.ts'
import {SchemaError} from './schema-error.ts'

/** A text between references, or a reference. */
type Part = string | Reference

/** `{{name}}`, and `{{&name}}`, which stands for the text `{{name}}`. */
const TAG = /\{\{(&)?([^{}]+?)\1?\}\}/g

/** Enough for every honest chain of references; a loop never ends. */
const MAX_ROUNDS = 100
/** A text that doubles with every round would fill the memory long before. */
const MAX_LENGTH = 1024 * 1024

export function hasTags(text: string): boolean {
  return text.includes('{{')
}

/** The references of a text, as it stands. */
export function referencesIn(text: string): Reference[] {
  return split(text, true).parts.filter((part) => typeof part !== 'string')
}

/** The texts and the references that a text consists of; an escaped one is text, with its mark or without. */
export function splitTemplate(text: string, keepEscapes: boolean): readonly Part[] {
  return split(text, keepEscapes).parts
}

export interface Resolved {
  readonly text: string
  readonly unbound: readonly string[]
}

/**
 * Replaces the references of a text until none is left that can be. What is found is text that may hold references itself, and an inner tag may
 * complete an outer one.
 * @param find gives the text that a reference stands for, undefined if nothing is bound to it.
 */
export function resolveTemplate(template: string, find: (reference: Reference) => string | undefined): Resolved {
  let text = template
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const {parts, count} = split(text, true)
    const {joined, unbound} = join(parts, find)
    if (joined.length > MAX_LENGTH)
      throw new SchemaError('Uninterpolatable', `Unable to interpolate ${template}!  The text grows beyond all bounds.`)
    text = joined
    if (unbound.length === count) return finish(text, unbound)
  }
  throw new SchemaError('Uninterpolatable', `Unable to interpolate ${text}!  Maximum replacements reached.`)
}

function finish(text: string, unbound: readonly string[]): Resolved {
  if (!text.includes('{{&')) return {text, unbound}
  return {text: join(split(text, false).parts, () => undefined).joined, unbound}
}

function split(text: string, keepEscapes: boolean): {parts: Part[]; count: number} {
  const parts: Part[] = []
  let count = 0
  let from = 0
  for (const match of text.matchAll(TAG)) {
    if (match.index > from) parts.push(text.slice(from, match.index))
    const [whole, escape, inner = ''] = match
    if (escape) {
      parts.push(keepEscapes ? `{{&${inner}}}` : `{{${inner}}}`)
    } else {
      parts.push(parseReference(inner))
      count++
    }
    from = match.index + whole.length
  }
  if (from < text.length) parts.push(text.slice(from))
  return {parts, count}
}

function join(parts: readonly Part[], find: (reference: Reference) => string | undefined): {joined: string; unbound: string[]} {
  let joined = ''
  const unbound: string[] = []
  for (const part of parts) {
    if (typeof part === 'string') {
      joined += part
      continue
    }
    const value = find(part)
    if (value === undefined) unbound.push(formatReference(part))
    joined += value ?? `{{${formatReference(part)}}}`
  }
  return {joined, unbound}
}

/** The tags of a text that are no references: what stands between their braces. */
export function badTags(text: string): string[] {
  return Array.from(text.matchAll(TAG))
    .filter(([, escape, inner = '']) => !escape && !isReference(inner))
    .map(([, , inner = '']) => inner)
}

function isReference(text: string): boolean {
  try {
    parseReference(text)
    return true
  } catch (error) {
    if (error instanceof SchemaError) return false
    throw error
  }
}

/** What stood between the braces, from the error that it gave. */
export function brokenTag({message}: SchemaError): string {
  return message.replace(/^Badly formed address \.?/, '')
}
