/** Which scope wins, against the rule taken literally: every value has one flat list of scopes, and the first that knows a name answers. */
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {interpolate} from '../../src/schema/evaluate.ts'
import {parseReference} from '../../src/schema/reference.ts'
import {String_, struct} from '../../src/schema/types.ts'
import {type Scalar, type Scope as BoundScope, type StructValue, type Value, names} from '../../src/schema/values.ts'

/** A struct as the test makes it up: texts in x and y, other structs in c and d; what is bound to it, the newest first. */
interface Made {
  texts: Record<string, string>
  structs: Record<string, Made>
  bound: (Record<string, string> | Made)[]
}

// ---- the rule, taken literally

type Found = string | Literal
interface Literal {
  type: string
  fields: Map<string, Found>
  scopes: Scope[]
}
/** Addresses with what they stand for; a struct that is bound answers for its own fields. */
type Scope = {table: Map<string, Found>} | {object: Literal}

const TYPES = ['Outer', 'Middle', 'Inner']

function literal(made: Made, level: number): Literal {
  const bound = made.bound.map((one): Scope =>
    'texts' in one ? {object: literal(one as Made, level + 1)} : {table: new Map(Object.entries(one as object))},
  )
  const own: Literal = {type: TYPES[level] ?? 'Inner', fields: new Map(), scopes: bound}
  for (const [name, text] of Object.entries(made.texts)) own.fields.set(name, text)
  for (const [name, inner] of Object.entries(made.structs)) own.fields.set(name, literal(inner, level + 1))
  return own
}

function inside(value: Found, scopes: Scope[]): Found {
  return typeof value === 'string' ? value : {...value, scopes: [...value.scopes, ...scopes]}
}

function scopesIn(value: Literal): Scope[] {
  const under = (prefix: string, scope: Scope): Scope =>
    'object' in scope
      ? {table: new Map([[prefix, scope.object]])}
      : {table: new Map(Array.from(scope.table, ([name, found]) => [`${prefix}.${name}`, found]))}
  const fields = {table: value.fields}
  return [under('self', fields), fields, ...value.scopes, ...value.scopes.map((scope) => under('super', scope))]
}

/** What is found, and the scopes that it brings along. */
function find(scope: Scope, path: string[]): {found: Found; scopes: Scope[]} | undefined {
  if ('object' in scope) return findInside(scope.object, path)
  const exact = scope.table.get(path.join('.'))
  if (exact !== undefined) return {found: exact, scopes: []}
  for (let length = path.length - 1; length > 0; length--) {
    const value = scope.table.get(path.slice(0, length).join('.'))
    const result = value !== undefined && typeof value !== 'string' ? findInside(value, path.slice(length)) : undefined
    if (result) return result
  }
  return undefined
}

function findInside(value: Literal, [name = '', ...rest]: string[]): {found: Found; scopes: Scope[]} | undefined {
  const field = value.fields.get(name)
  if (field === undefined) return undefined
  const scoped = inside(field, scopesIn(value))
  if (rest.length === 0) return {found: scoped, scopes: scopesIn(value)}
  return typeof scoped === 'string' ? undefined : findInside(scoped, rest)
}

class Endless extends Error {}

function resolve(text: string, scopes: Scope[], depth = 0): string {
  if (depth > 30) throw new Endless()
  for (let round = 0; round < 100; round++) {
    let replaced = false
    const next = text.replaceAll(/\{\{([^{}]+)\}\}/g, (tag, address: string) => {
      for (const scope of scopes) {
        const result = find(scope, address.split('.'))
        if (!result) continue
        replaced = true
        return typeof result.found === 'string' ? resolve(result.found, result.scopes, depth + 1) : shown(result.found, depth + 1)
      }
      return tag
    })
    text = next
    if (!replaced) return text
    if (text.length > 2000) throw new Endless()
  }
  throw new Endless()
}

function shown(value: Literal, depth: number): string {
  const scopes = scopesIn(value)
  const fields = Array.from(value.fields, ([name, field]) => {
    const found = inside(field, scopes)
    return `${name}=${typeof found === 'string' ? resolve(found, scopes, depth) : shown(found, depth)}`
  })
  return `${value.type}(${fields.join(`,\n${' '.repeat(value.type.length + 1)}`)})`
}

function everyText(value: Literal): string[] {
  const scopes = scopesIn(value)
  return [...value.fields.values()].flatMap((field) =>
    typeof field === 'string' ? [resolve(field, scopes)] : everyText(inside(field, scopes) as Literal),
  )
}

// ---- ours

const Inner = struct('Inner', {x: String_, y: String_})
const Middle = struct('Middle', {x: String_, y: String_, c: Inner, d: Inner})
const Outer = struct('Outer', {x: String_, y: String_, c: Middle, d: Middle})

function value(made: Made, level: number): StructValue {
  const type = [Outer, Middle, Inner][level] ?? Inner
  const text = (raw: string): Scalar => ({type: String_, raw, scopes: []})
  const fields = new Map<string, Value>([
    ...Object.entries(made.texts).map(([name, raw]) => [name, text(raw)] as const),
    ...Object.entries(made.structs).map(([name, inner]) => [name, value(inner, level + 1)] as const),
  ])
  const scopes = made.bound.map((one): BoundScope =>
    'texts' in one
      ? {kind: 'value', value: value(one as Made, level + 1)}
      : names(Object.entries(one).map(([name, raw]) => [parseReference(name), raw] as const)),
  )
  return {type, fields, scopes}
}

function texts(of: Value): string[] {
  if ('raw' in of) return [String(of.raw)]
  return 'fields' in of ? [...of.fields.values()].flatMap(texts) : []
}

// ---- what to try

const ADDRESSES = [
  [
    'x',
    'y',
    'z',
    'self.x',
    'self.y',
    'super.x',
    'super.y',
    'super.super.x',
    'super.self.x',
    'self.super.x',
    'c.x',
    'c.y',
    'd.c.x',
    'self.c.x',
  ],
  ['super.c.x', 'super.self.c.y', 'super.super.y', 'super.z', 'super.super.z', 'self.z', 'c'],
].flat()
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom('1', '2', '3', '4', '5'),
      fc.constantFrom(...ADDRESSES).map((address) => `{{${address}}}`),
    ),
    {minLength: 1, maxLength: 3},
  )
  .map((parts) => parts.join(''))
const optional = (names: string[]) => fc.dictionary(fc.constantFrom(...names), text, {maxKeys: 2})

function made(level: number): fc.Arbitrary<Made> {
  const structs = level >= 2 ? fc.constant({}) : fc.dictionary(fc.constantFrom('c', 'd'), made(level + 1), {maxKeys: 2})
  const names = fc.dictionary(fc.constantFrom('x', 'y', 'z', 'super.x', 'self.y', 'c.x', 'super.z'), text, {maxKeys: 3})
  const bound = fc.array(level >= 2 ? names : fc.oneof({weight: 4, arbitrary: names}, {weight: 1, arbitrary: made(level + 1)}), {
    maxLength: 2,
  })
  return fc.record({texts: optional(['x', 'y']), structs, bound})
}

test('is the same as in the flat list of the rule', () => {
  fc.assert(
    fc.property(made(0), (it) => {
      let wanted: string[]
      try {
        wanted = everyText(literal(it, 0))
      } catch (error) {
        if (error instanceof Endless) return fc.pre(false)
        throw error
      }
      const ours = texts(interpolate(value(it, 0), undefined).value)
      expect(ours).toEqual(wanted)
    }),
    {numRuns: 300},
  )
})
