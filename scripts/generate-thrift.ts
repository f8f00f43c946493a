/**
 * Generates src/model/gen/ from src/model/api.thrift: `npm run generate:thrift`. The parser is the Thrift compiler itself
 * (Debian: thrift-compiler): its XML, because its JSON says i32 where the IDL says an enum.
 */
import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {format, resolveConfig} from 'prettier'

const root = fileURLToPath(new URL('..', import.meta.url))
const idl = join(root, 'src/model/api.thrift')
const HEADER = '// Generated from src/model/api.thrift by `npm run generate:thrift`. Do not edit.\n'

interface Element {
  tag: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

interface Field {
  id: string
  name: string
  /** As the tables write it: `set<JobKey>`, `map<i32>` (keys are always strings). */
  type: string
  optional: boolean
  /** A JSON literal. */
  fallback: string | undefined
  doc: string | undefined
}

const unescape = (text: string) =>
  text.replace(
    /&(lt|gt|amp|quot|apos);/g,
    (_, name: 'lt' | 'gt' | 'amp' | 'quot' | 'apos') => ({lt: '<', gt: '>', amp: '&', quot: '"', apos: "'"})[name],
  )

/** As much XML as the compiler writes. */
function parseXml(xml: string): Element {
  const top: Element = {tag: '', attributes: {}, children: [], text: ''}
  const open = [top]
  for (const [, close, tag, attributes = '', empty, text] of xml
    .replace(/<!--[^]*?-->/g, '')
    .matchAll(/<(\/?)([\w:]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g)) {
    const parent = open.at(-1) ?? top
    if (tag === undefined) parent.text += unescape(text ?? '').trim()
    else if (close) open.pop()
    else {
      const pairs = [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, unescape(value)])
      const element = {tag, attributes: Object.fromEntries(pairs), children: [], text: ''}
      parent.children.push(element)
      if (!empty) open.push(element)
    }
  }
  return top
}

function child(element: Element, tag: string): Element {
  const found = element.children.find((one) => one.tag === tag)
  if (!found) throw new Error(`The Thrift compiler's XML has no <${tag}> in <${element.tag} name="${element.attributes['name']}">`)
  return found
}

function attribute(element: Element, name: string): string {
  const value = element.attributes[name]
  if (value === undefined) throw new Error(`The Thrift compiler's XML has no ${name} in a <${element.tag}>`)
  return value
}

function typeOf(element: Element): string {
  const type = attribute(element, 'type')
  switch (type) {
    case 'id':
      return attribute(element, 'type-id')
    case 'list':
    case 'set':
      return `${type}<${typeOf(child(element, 'elemType'))}>`
    case 'map':
      if (typeOf(child(element, 'keyType')) !== 'string') throw new Error('Only maps with string keys are supported')
      return `map<${typeOf(child(element, 'valueType'))}>`
    case 'string':
    case 'bool':
    case 'i32':
    case 'i64':
    case 'double':
      return type
    default:
      throw new Error(`The type ${type} is not supported`)
  }
}

function literal(element: Element): unknown {
  if (element.tag === 'int') return Number(element.text)
  if (element.tag === 'string') return element.text
  if (element.tag === 'map') {
    return Object.fromEntries(
      element.children.map((entry) => [child(child(entry, 'key'), 'string').text, literal(content(child(entry, 'value')))]),
    )
  }
  throw new Error(`A default of kind ${element.tag} is not supported`)
}

function content(element: Element): Element {
  const [only] = element.children
  if (!only) throw new Error(`<${element.tag}> is empty`)
  return only
}

function fieldOf(element: Element, enums: Map<string, Map<number, string>>): Field {
  const type = typeOf(element)
  const fallback = element.children.find((one) => one.tag === 'default')
  const value = fallback && literal(content(fallback))
  const named = typeof value === 'number' ? (enums.get(type)?.get(value) ?? value) : value
  return {
    id: attribute(element, 'field-id'),
    name: attribute(element, 'name'),
    type,
    optional: element.attributes['required'] === 'optional' || element.children.some((one) => one.attributes['key'] === 'omittable'),
    fallback: named === undefined ? undefined : JSON.stringify(named),
    doc: element.attributes['doc'],
  }
}

function typeScript(type: string): string {
  const [, container, inner] = /^(list|set|map)<(.+)>$/.exec(type) ?? []
  if (inner) return container === 'map' ? `Readonly<Record<string, ${typeScript(inner)}>>` : `readonly ${typeScript(inner)}[]`
  const scalars: Record<string, string> = {bool: 'boolean', i32: 'number', double: 'number', i64: 'bigint'}
  return scalars[type] ?? type
}

const row = (fields: Field[]) =>
  JSON.stringify(
    fields
      .map((field) => `${field.id}${field.optional ? '?' : ''} ${field.name} ${field.type}${field.fallback ? `=${field.fallback}` : ''}`)
      .join('; '),
  )
const doc = (text: string | undefined) => (text ? `/** ${text} */\n` : '')
const object = (entries: string[]) => `{\n${entries.join(',\n')}\n}`

/** The generated files, by their path in the repository. */
export async function generate(): Promise<Record<string, string>> {
  const document = child(child(parseXml(compile()), 'idl'), 'document')
  const all = (tag: RegExp) =>
    document.children.filter((element) => tag.test(element.tag)).map((element) => ({name: attribute(element, 'name'), element}))
  const enums = all(/^enum$/).map(({name, element}) => {
    return {name, members: element.children.map((member) => ({name: attribute(member, 'name'), value: Number(attribute(member, 'value'))}))}
  })
  const byNumber = new Map(enums.map(({name, members}) => [name, new Map(members.map((member) => [member.value, member.name]))]))
  const structs = all(/^(struct|union)$/).map(({name, element}) => {
    return {
      name,
      union: element.tag === 'union',
      doc: element.attributes['doc'],
      fields: element.children.map((field) => fieldOf(field, byNumber)),
    }
  })
  const services = all(/^service$/).map(({name, element}) => ({
    name,
    methods: element.children.map((method) => ({
      name: attribute(method, 'name'),
      args: method.children.filter((one) => one.tag === 'arg').map((arg) => fieldOf(arg, byNumber)),
    })),
  }))
  const methods = services.flatMap((service) => service.methods)

  const property = (field: Field) => `${doc(field.doc)}readonly ${field.name}${field.optional ? '?' : ''}: ${typeScript(field.type)}`
  const types = [
    ...enums.map(({name, members}) => `export type ${name} = ${members.map((member) => `'${member.name}'`).join(' | ')}`),
    ...structs.map((struct) => {
      const text = struct.union ? `Exactly one of its fields is set. ${struct.doc ?? ''}`.trim() : struct.doc
      return `${doc(text)}export interface ${struct.name} {\n${struct.fields.map(property).join('\n')}\n}`
    }),
    `/** Every enum by its name. */\nexport interface Enums {\n${enums.map(({name}) => `${name}: ${name}`).join('\n')}\n}`,
    `/** Every struct and union by its name. */\nexport interface Structs {\n${structs.map(({name}) => `${name}: ${name}`).join('\n')}\n}`,
    `/** Every method: its arguments by position, and by name. */\nexport interface Methods {\n${methods
      .map(({name, args}) => {
        const positional = args.map(
          (arg) => `${arg.name}${arg.optional ? '?' : ''}: ${typeScript(arg.type)}${arg.optional ? ' | undefined' : ''}`,
        )
        return `${name}: {args: [${positional.join(', ')}]; argsObject: {${args.map(property).join('; ')}}}`
      })
      .join('\n')}\n}`,
    'export type EnumName = keyof Enums\nexport type StructName = keyof Structs\nexport type MethodName = keyof Methods',
  ]
  const tables = [
    "import type {EnumName, MethodName, StructName} from './types.ts'",
    `export const ENUMS: {readonly [Name in EnumName]: Readonly<Record<string, number>>} = ${object(
      enums.map(({name, members}) => `${name}: {${members.map((member) => `${member.name}: ${member.value}`).join(', ')}}`),
    )}`,
    `/** A field is \`id[?] name type[=default]\`; ? says that it may be left out. The keys of a map are strings. */
export const STRUCTS: {readonly [Name in StructName]: string} = ${object(structs.map(({name, fields}) => `${name}: ${row(fields)}`))}`,
    `export const UNIONS: readonly StructName[] = ${JSON.stringify(structs.filter(({union}) => union).map(({name}) => name))}`,
    `/** The arguments of a method, written as the fields of a struct. */
export const METHODS: {readonly [Name in MethodName]: string} = ${object(methods.map(({name, args}) => `${name}: ${row(args)}`))}`,
    `/** What each service adds to the one before it, the first being the base of all. */
export const SERVICES = ${object(services.map((service) => `${service.name}: ${JSON.stringify(service.methods.map(({name}) => name))}`))} as const satisfies Record<string, readonly MethodName[]>`,
  ]
  const options = await resolveConfig(idl)
  const formatted = (parts: string[]) => format(`${HEADER}\n${parts.join('\n\n')}\n`, {...options, parser: 'typescript'})
  return {'src/model/gen/types.ts': await formatted(types), 'src/model/gen/tables.ts': await formatted(tables)}
}

/** The IDL as the compiler's XML. */
function compile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'aurora-thrift-'))
  try {
    execFileSync('thrift', ['--gen', 'xml', '-out', folder, idl], {stdio: ['ignore', 'ignore', 'inherit']})
    return readFileSync(join(folder, 'api.xml'), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Error('The Thrift compiler is missing. Install it (Debian and Ubuntu: apt install thrift-compiler) and run this again.', {
        cause: error,
      })
    }
    throw error
  } finally {
    rmSync(folder, {recursive: true})
  }
}

if (import.meta.main) {
  try {
    mkdirSync(join(root, 'src/model/gen'), {recursive: true})
    for (const [path, text] of Object.entries(await generate())) writeFileSync(join(root, path), text)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
