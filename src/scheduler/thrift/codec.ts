import {ENUMS, STRUCTS, UNIONS} from '../../model/gen/tables.ts'
import type {EnumName, StructName} from '../../model/gen/types.ts'
import {InternalError} from '../../model/errors.ts'
import {type Field, structFields} from './fields.ts'
import type {BinaryProtocol} from './binary-protocol.ts'
import type {JsonProtocol} from './json-protocol.ts'

export type Protocol = BinaryProtocol | JsonProtocol

/** Thrift's wire types. */
const WIRE = {STOP: 0, BOOL: 2, DOUBLE: 4, I32: 8, I64: 10, STRING: 11, STRUCT: 12, MAP: 13, SET: 14, LIST: 15} as const

/** How values of one type are read and written. */
interface Codec {
  wire: number
  read(protocol: Protocol): unknown
  /** @throws InternalError when the value is of another type: the types should have told. */
  write(protocol: Protocol, value: unknown): void
  /** What stands for a missing field, when there is such a value. */
  zero?(): unknown
}

interface FieldCodec extends Field {
  codec: Codec
}

/** A struct, or the arguments of a method, which are written as one. */
export class StructCodec implements Codec {
  readonly wire = WIRE.STRUCT
  readonly #name: string
  readonly #union: boolean
  readonly #fields: readonly FieldCodec[]
  readonly #byId: ReadonlyMap<number, FieldCodec>

  constructor(name: string, fields: readonly Field[], union = false) {
    this.#name = name
    this.#union = union
    this.#fields = fields.map((field) => ({...field, codec: codecOf(field.type, `${name}.${field.name}`)}))
    this.#byId = new Map(this.#fields.map((field) => [field.id, field]))
  }

  read(protocol: Protocol): Record<string, unknown> {
    const value: Record<string, unknown> = {}
    protocol.readStructBegin()
    for (;;) {
      const {ftype, fid} = protocol.readFieldBegin()
      if (ftype === WIRE.STOP) break
      const field = this.#byId.get(fid)
      // Thrift's rule: a field that is unknown, or known with another type, is passed over.
      if (field?.codec.wire === ftype) value[field.name] = field.codec.read(protocol)
      else protocol.skip(ftype)
      protocol.readFieldEnd()
    }
    protocol.readStructEnd()
    for (const field of this.#fields) if (!field.optional && value[field.name] === undefined) value[field.name] = this.#missing(field)
    return value
  }

  write(protocol: Protocol, value: unknown): void {
    const fields = record(value, this.#name)
    protocol.writeStructBegin(this.#name)
    let written = 0
    for (const {name, id, codec} of this.#fields) {
      const field = fields[name]
      if (field === undefined) continue
      protocol.writeFieldBegin(name, codec.wire, id)
      codec.write(protocol, field)
      protocol.writeFieldEnd()
      written++
    }
    protocol.writeFieldStop()
    protocol.writeStructEnd()
    if (this.#union && written !== 1) throw new InternalError(`A ${this.#name} of the scheduler API has ${written} fields set, not one`)
  }

  #missing({name, fallback, codec}: FieldCodec): unknown {
    if (fallback !== undefined) return structuredClone(fallback)
    if (codec.zero) return codec.zero()
    throw new TypeError(`${this.#name} has no ${name}`)
  }
}

const structs = new Map<StructName, StructCodec>()

export function structCodec(name: StructName): StructCodec {
  let codec = structs.get(name)
  if (!codec) structs.set(name, (codec = new StructCodec(name, structFields(name), UNIONS.includes(name))))
  return codec
}

/** `where` is the struct and field, for messages. */
function codecOf(type: string, where: string): Codec {
  const [, container, inner] = /^(list|set|map)<(.+)>$/.exec(type) ?? []
  if (inner) return container === 'map' ? mapCodec(inner, where) : listCodec(container === 'list' ? WIRE.LIST : WIRE.SET, inner, where)
  if (Object.hasOwn(STRUCTS, type)) return structCodec(type as StructName)
  if (Object.hasOwn(ENUMS, type)) return enumCodec(type as EnumName, where)
  switch (type) {
    case 'bool':
      return {
        wire: WIRE.BOOL,
        read: (protocol) => protocol.readBool(),
        write: (protocol, value) => protocol.writeBool(typeof value === 'boolean' ? value : wrong(value, where, type)),
        zero: () => false,
      }
    case 'i32':
      return {
        wire: WIRE.I32,
        read: (protocol) => protocol.readI32(),
        write: (protocol, value) =>
          protocol.writeI32(typeof value === 'number' && (value | 0) === value ? value : wrong(value, where, type)),
        zero: () => 0,
      }
    case 'i64':
      return {
        wire: WIRE.I64,
        read: (protocol) => protocol.readI64(),
        write: (protocol, value) =>
          protocol.writeI64(typeof value === 'bigint' && BigInt.asIntN(64, value) === value ? value : wrong(value, where, type)),
        zero: () => 0n,
      }
    case 'double':
      return {
        wire: WIRE.DOUBLE,
        read: (protocol) => protocol.readDouble(),
        write: (protocol, value) =>
          protocol.writeDouble(typeof value === 'number' && Number.isFinite(value) ? value : wrong(value, where, type)),
        zero: () => 0,
      }
    case 'string':
      return {
        wire: WIRE.STRING,
        read: (protocol) => protocol.readString(),
        write: (protocol, value) => protocol.writeString(typeof value === 'string' ? value : wrong(value, where, type)),
        zero: () => '',
      }
    default:
      throw new InternalError(`The table of the Thrift API has an unknown type ${type} at ${where}`)
  }
}

/** Names here, numbers on the wire. A number that we do not know becomes `UNKNOWN_<n>`: a newer scheduler must stay readable. */
function enumCodec(name: EnumName, where: string): Codec {
  const numbers = new Map(Object.entries(ENUMS[name]))
  const names = new Map([...numbers].map(([key, number]) => [number, key]))
  return {
    wire: WIRE.I32,
    read: (protocol) => {
      const number = protocol.readI32()
      return names.get(number) ?? `UNKNOWN_${number}`
    },
    write: (protocol, value) => {
      const unknown = typeof value === 'string' ? /^UNKNOWN_(-?\d+)$/.exec(value)?.[1] : undefined
      protocol.writeI32(numbers.get(value as string) ?? (unknown === undefined ? wrong(value, where, name) : Number(unknown) | 0))
    },
  }
}

function listCodec(wire: typeof WIRE.LIST | typeof WIRE.SET, inner: string, where: string): Codec {
  const element = codecOf(inner, where)
  const isList = wire === WIRE.LIST
  return {
    wire,
    read: (protocol) => {
      const {etype, size} = isList ? protocol.readListBegin() : protocol.readSetBegin()
      if (size > 0 && etype !== element.wire) throw new TypeError(`${where} has elements of wire type ${etype}`)
      const values: unknown[] = []
      for (let index = 0; index < size; index++) values.push(element.read(protocol))
      if (isList) protocol.readListEnd()
      else protocol.readSetEnd()
      return values
    },
    write: (protocol, value) => {
      if (!Array.isArray(value)) return wrong(value, where, `list of ${inner}`)
      if (isList) protocol.writeListBegin(element.wire, value.length)
      else protocol.writeSetBegin(element.wire, value.length)
      for (const one of value) element.write(protocol, one)
      if (isList) protocol.writeListEnd()
      else protocol.writeSetEnd()
    },
    zero: () => [],
  }
}

function mapCodec(inner: string, where: string): Codec {
  const element = codecOf(inner, where)
  return {
    wire: WIRE.MAP,
    read: (protocol) => {
      const {ktype, vtype, size} = protocol.readMapBegin()
      if (size > 0 && (ktype !== WIRE.STRING || vtype !== element.wire)) throw new TypeError(`${where} maps wire type ${ktype} to ${vtype}`)
      const entries: [string, unknown][] = []
      for (let index = 0; index < size; index++) entries.push([protocol.readString(), element.read(protocol)])
      protocol.readMapEnd()
      return Object.fromEntries(entries)
    },
    write: (protocol, value) => {
      const entries = Object.entries(record(value, where))
      protocol.writeMapBegin(WIRE.STRING, element.wire, entries.length)
      for (const [key, one] of entries) {
        protocol.writeString(key)
        element.write(protocol, one)
      }
      protocol.writeMapEnd()
    },
    zero: () => ({}),
  }
}

function record(value: unknown, where: string): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : wrong(value, where, 'object')
}

function wrong(value: unknown, where: string, type: string): never {
  const shown =
    typeof value === 'object'
      ? value === null
        ? 'null'
        : Array.isArray(value)
          ? 'a list'
          : 'an object'
      : `${typeof value} ${String(value)}`
  throw new InternalError(`${where} of the scheduler API must be of type ${type}, not ${shown.slice(0, 80)}`)
}
