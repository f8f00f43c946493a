import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {construct, hold} from '../../src/schema/construct.ts'
import {check, interpolate} from '../../src/schema/evaluate.ts'
import {plainOf} from '../../src/schema/plain.ts'
import {floatText, jsonString, stringRepr} from '../../src/schema/python-text.ts'
import {type Raw, PyFloat} from '../../src/schema/raw.ts'
import {formatReference, parseReference} from '../../src/schema/reference.ts'
import {SchemaError} from '../../src/schema/schema-error.ts'
import {
  type Plain,
  type Type,
  Boolean_,
  Float,
  Integer,
  String_,
  defaultsTo,
  enumeration,
  list,
  map,
  required,
  struct,
} from '../../src/schema/types.ts'
import {type Value, NO_SCOPES, bind, names} from '../../src/schema/values.ts'

function bound(value: Value, bindings: Record<string, string>): Value {
  return bind(value, names(Object.entries(bindings).map(([name, text]) => [parseReference(name), text])))
}

/** What a value of a type is when these names are bound to it. */
function result(type: Type, plain: Plain, bindings: Record<string, string> = {}): {plain: Plain; unbound: string[]} {
  const {value, unbound} = interpolate(bound(construct(type, hold(plain)), bindings), undefined)
  return {plain: plainOf(value), unbound: [...unbound]}
}

function rawResult(type: typeof Integer | typeof Float | typeof Boolean_ | typeof String_, raw: Raw): Plain {
  return plainOf(interpolate({type, raw, scopes: NO_SCOPES}, undefined).value)
}

describe('scalars', () => {
  test.each<[Type, Plain, Plain]>([
    [String_, 12, '12'],
    [String_, true, 'True'],
    [String_, 1.5, '1.5'],
    [Integer, ' 7 ', 7],
    [Integer, 2.9, 2],
    [Integer, true, 1],
    [Float, '1e3', 1000],
    [Float, 3, 3],
    [Boolean_, 'TRUE', true],
    [Boolean_, '0', false],
    [Boolean_, 2, true],
  ])('%o takes %j as %j', (type, given, expected) => {
    expect(result(type, given).plain).toBe(expected)
  })

  test.each<[Type, Plain]>([
    [Integer, '5.9'],
    [Integer, '0x10'],
    [Float, 'abc'],
    [Boolean_, 'yes'],
    [String_, null],
    [String_, [1]],
  ])('%o refuses %j', (type, given) => {
    expect(() => result(type, given)).toThrow(SchemaError)
    expect(check(construct(type, hold(given)), undefined)).toMatchObject({
      ok: false,
      message: expect.stringContaining('Cannot coerce') as string,
    })
  })

  test('keep a float apart from an integer', () => {
    expect(rawResult(String_, new PyFloat(2))).toBe('2.0')
    expect(rawResult(String_, 2)).toBe('2')
    expect(rawResult(Integer, new PyFloat(2))).toBe(2)
  })

  test('of an enumeration are one of its values', () => {
    const color = enumeration(['red', 'green'])
    expect(color.name).toBe('Enum_red_green')
    expect(result(color, '{{c}}', {c: 'red'}).plain).toBe('red')
    expect(() => construct(color, 'blue')).toThrow('Enum_red_green only accepts the following values: red, green')
    expect(check(construct(color, '{{c}}'), undefined)).toMatchObject({message: "'{{c}}' not in the enumeration (red, green)"})
  })

  test('any integer survives as text and back', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (n) => {
        expect(result(Integer, result(String_, n).plain).plain).toBe(n)
      }),
    )
  })
})

describe('references', () => {
  const name = fc.stringMatching(/^[A-Za-z_]\w{0,5}$/)
  const index = fc.stringMatching(/^[\w\-./]{1,6}$/)
  const rest = fc.array(
    fc.oneof(
      name.map((n) => `.${n}`),
      index.map((i) => `[${i}]`),
    ),
    {maxLength: 4},
  )

  test('are read and written alike', () => {
    fc.assert(
      fc.property(name, rest, (first, others) => {
        const address = first + others.join('')
        expect(formatReference(parseReference(address))).toBe(address)
      }),
    )
  })

  test.each(['', '1a', 'a b', 'a-b', 'a.', 'a..b', 'a[]', 'a[b:c]', ' a', 'a.1', 'é'])('%j is none', (text) => {
    expect(() => parseReference(text)).toThrow(SchemaError)
  })

  test('in a text without braces change nothing', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes('{{')),
        (text) => {
          expect(result(String_, text).plain).toBe(text)
        },
      ),
    )
  })

  test('are replaced by what is bound, or stay and are reported', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, {maxLength: 5, minLength: 1}), fc.nat(4), (all, count) => {
        const bindings = Object.fromEntries(all.slice(0, count).map((each) => [each, `<${each}>`]))
        const {plain, unbound} = result(String_, all.map((each) => `{{${each}}}`).join(' '), bindings)
        expect(plain).toBe(all.map((each) => (Object.hasOwn(bindings, each) ? `<${each}>` : `{{${each}}}`)).join(' '))
        expect(unbound).toEqual(all.slice(count))
      }),
    )
  })

  test('may be computed', () => {
    expect(result(String_, '{{a.{{b}}}}', {b: 'c', 'a.c': 'found'}).plain).toBe('found')
  })

  test('that never end are refused, in bounded space', () => {
    expect(() => result(String_, '{{a}}', {a: '{{a}}'})).toThrow('Unable to interpolate {{a}}!  Maximum replacements reached.')
    expect(() => result(String_, '{{a}}', {a: '{{a}}{{a}}'})).toThrow(/grows beyond all bounds/)
    const many = Array.from({length: 100}, () => '{{a}}')
    expect(() => result(list(String_), many, {a: 'x'.repeat(2 ** 20 - 1)})).toThrow(/grow beyond all bounds/)
  })

  test('that are escaped lose their mark', () => {
    expect(result(String_, '{{&a}} {{a}}', {a: '1'})).toEqual({plain: '{{a}} 1', unbound: []})
  })
})

describe('scopes', () => {
  const Child = struct('Child', {v: String_, w: String_})
  const Parent = struct('Parent', {v: String_, x: String_, child: Child, children: list(Child), byName: map(String_, Child)})
  const of = (plain: Plain, bindings: Record<string, string> = {}): Plain => result(Parent, plain, bindings).plain

  test('a field wins over what is bound to its struct', () => {
    expect(of({v: 'own', x: '{{v}}'}, {v: 'bound'})).toEqual({v: 'own', x: 'own'})
  })

  test("a child's field wins over its parent's; an unset one falls through", () => {
    expect(of({v: 'p', child: {v: 'c', w: '{{v}}'}})).toMatchObject({child: {w: 'c'}})
    expect(of({v: 'p', child: {w: '{{v}}'}})).toMatchObject({child: {w: 'p'}})
  })

  test('super reaches the parent, self the struct', () => {
    expect(of({v: 'p', child: {v: 'c', w: '{{super.v}}-{{self.v}}'}})).toMatchObject({child: {w: 'p-c'}})
  })

  test('super reaches the outermost that knows the name, as in Pystachio, in bounded time', () => {
    let type = struct('Leaf', {v: String_, w: String_})
    let plain: Plain = {v: 'leaf', w: '{{super.super.v}} {{super.nowhere}}'}
    for (let depth = 0; depth < 60; depth++) {
      type = struct(`Level${depth}`, {v: String_, part: type}) as unknown as typeof type
      plain = {v: `level ${depth}`, part: plain}
    }
    expect(JSON.stringify(result(type, plain).plain)).toContain('"w":"level 59 {{super.nowhere}}"')
  })

  test('parts of lists and maps see the struct that owns them', () => {
    expect(of({x: 'p', children: [{w: '{{x}}'}], byName: {k: {w: '{{children[0].w}}'}}})).toMatchObject({
      children: [{w: 'p'}],
      byName: {k: {w: 'p'}},
    })
  })

  test('the newest binding wins', () => {
    const value = bound(bound(construct(String_, '{{x}}'), {x: 'old'}), {x: 'new'})
    expect(plainOf(interpolate(value, undefined).value)).toBe('new')
  })
})

describe('structs', () => {
  const Point = struct('Point', {x: required(Integer), y: defaultsTo(Integer, 0), label: String_})

  test('have their defaults and nothing unknown', () => {
    expect(result(Point, {x: '1'}).plain).toEqual({x: 1, y: 0})
    expect(() => result(Point, {z: 1})).toThrow('Unknown schema attribute z')
    expect(() => result(Point, {constructor: 1})).toThrow('Unknown schema attribute constructor')
  })

  test('say what is missing, and where', () => {
    const Line = struct('Line', {points: list(Point)})
    expect(check(construct(Line, hold({points: [{x: 1}, {}]})), undefined)).toEqual({
      ok: false,
      message: 'Line[points] failed: Element in PointList failed check: Point[x] is required.',
      path: ['points', 1, 'x'],
    })
  })
})

describe('text as Python writes it', () => {
  test.each([
    [1, '1.0'],
    [0.1, '0.1'],
    [1e16, '1e+16'],
    [123456789.123, '123456789.123'],
    [1e-5, '1e-05'],
    [0.0001, '0.0001'],
    [1e22, '1e+22'],
    [-2.5e-7, '-2.5e-07'],
    [1.5e300, '1.5e+300'],
    [-0, '-0.0'],
    [Infinity, 'inf'],
  ])('%d is %s', (value, text) => expect(floatText(value)).toBe(text))

  test('a float reads back', () => {
    fc.assert(
      fc.property(fc.double({noNaN: true, noDefaultInfinity: true}), (value) => {
        expect(Number(floatText(value))).toBe(value)
      }),
    )
  })

  test('JSON is ASCII and reads back', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme'}), (text) => {
        expect(Buffer.byteLength(jsonString(text))).toBe(jsonString(text).length)
        expect(JSON.parse(jsonString(text))).toBe(text)
      }),
    )
  })

  test.each([
    ['a', "'a'"],
    ["it's", `"it's"`],
    [`'"`, `'\\'"'`],
    ['a\nb\u0001', "'a\\nb\\x01'"],
  ])('the repr of %j', (text, repr) => expect(stringRepr(text)).toBe(repr))
})
