import {execFileSync, spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import * as fc from 'fast-check'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {ENUMS, STRUCTS, UNIONS} from '../../../src/model/gen/tables.ts'
import type {EnumName, StructName} from '../../../src/model/gen/types.ts'
import {structFields} from '../../../src/scheduler/thrift/fields.ts'
import {encodeStruct} from '../../../src/scheduler/thrift/message.ts'
import {structOf} from './arbitraries.ts'

const hasCompiler = spawnSync('thrift', ['--version']).error === undefined
const require = createRequire(import.meta.url)

type Written = {write(protocol: unknown): void}
type Library = Record<string, new (fields: object) => Written>

/** The same bytes as Thrift's own generated code over Thrift's own protocol and transport. */
describe.skipIf(!hasCompiler)('against the official library (peer: thrift-compiler)', () => {
  let folder: string
  let library: Library

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'aurora-thrift-js-'))
    const idl = fileURLToPath(new URL('../../../src/model/api.thrift', import.meta.url))
    execFileSync('thrift', ['--gen', 'js:node', '-out', folder, idl], {stdio: 'ignore'})
    // The generated code is CommonJS, and asks for the package by its name.
    writeFileSync(join(folder, 'package.json'), '{"type": "commonjs"}')
    symlinkSync(dirname(dirname(require.resolve('thrift/package.json'))), join(folder, 'node_modules'))
    library = require(join(folder, 'api_types.js')) as Library
  })
  afterAll(() => rmSync(folder, {recursive: true}))

  test.each(['JobKey', 'TaskQuery', 'TaskConfig', 'ScheduledTask', 'JobUpdateRequest', 'Response'] as const)('%s', (name) => {
    fc.assert(
      fc.property(structOf(name), (value) => {
        expect(encodeStruct(name, value as never).toString('hex')).toBe(officialBytes(library, name, value).toString('hex'))
      }),
      {numRuns: 30},
    )
  })
})

function officialBytes(library: Library, name: StructName, value: Record<string, unknown>): Buffer {
  const {TBinaryProtocol, TBufferedTransport} = require('thrift') as {
    TBinaryProtocol: new (transport: unknown) => {flush(): void}
    TBufferedTransport: new (buffer: undefined, flushed: (bytes: Buffer) => void) => unknown
  }
  let bytes: Buffer = Buffer.alloc(0)
  const protocol = new TBinaryProtocol(new TBufferedTransport(undefined, (flushed) => (bytes = flushed)))
  const struct = official(library, name, value) as Written
  struct.write(protocol)
  protocol.flush()
  return bytes
}

/** Our plain value as the objects of the official library. */
function official(library: Library, type: string, value: unknown): unknown {
  const [, container, inner] = /^(list|set|map)<(.+)>$/.exec(type) ?? []
  if (inner && container === 'map')
    return Object.fromEntries(Object.entries(value as object).map(([key, one]) => [key, official(library, inner, one)]))
  if (inner) return (value as unknown[]).map((one) => official(library, inner, one))
  if (Object.hasOwn(ENUMS, type)) return ENUMS[type as EnumName][value as string] ?? Number((value as string).replace('UNKNOWN_', ''))
  if (typeof value === 'bigint') return int64(value)
  const Struct = library[type]
  if (!Object.hasOwn(STRUCTS, type) || !Struct) return value
  const fields = structFields(type as StructName).filter(({name}) => (value as Record<string, unknown>)[name] !== undefined)
  const struct = new Struct({})
  // A default of the library must not stand for what is left out here.
  for (const {name, type: fieldType} of fields)
    Object.assign(struct, {[name]: official(library, fieldType, (value as Record<string, unknown>)[name])})
  expect(UNIONS.includes(type as StructName) ? fields.length : 1).toBe(1)
  return struct
}

function int64(value: bigint): unknown {
  const Int64 = createRequire(require.resolve('thrift/package.json'))('node-int64') as new (bytes: Buffer) => unknown
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(value)
  return new Int64(bytes)
}
