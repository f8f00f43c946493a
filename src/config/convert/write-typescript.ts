import {type Written, type WrittenStruct, isList} from './written.ts'

/** Jobs as a TypeScript configuration. */
export function typescriptOf(jobs: readonly WrittenStruct[], notes: readonly string[]): string {
  const writer = new TypeScriptWriter()
  const body = jobs.map((job) => `  ${writer.value(job, '  ')},\n`).join('')
  const names = [...writer.used].toSorted()
  const comments = notes.map((note) => `// ${note}\n`).join('')
  return `${comments}import {${names.join(', ')}} from '@auroractl/cli/config'\n\nexport default [\n${body}]\n`
}

const WIDTH = 100
const UNITS = [
  ['TB', 2 ** 40],
  ['GB', 2 ** 30],
  ['MB', 2 ** 20],
] as const
const BYTES = new Set(['ram', 'disk', 'log_size'])

class TypeScriptWriter {
  /** The names to import. */
  readonly used = new Set<string>()

  value(written: Written, indent: string, name = ''): string {
    if (typeof written === 'string') return stringLiteral(written)
    if (typeof written === 'number') return BYTES.has(name) ? this.#bytes(written) : String(written)
    if (typeof written === 'bigint') return `${written}n`
    if (typeof written !== 'object' || written === null) return String(written)
    if (isList(written)) return this.#list(written, indent)
    return 'struct' in written ? this.#struct(written, indent) : this.#object(written.pairs, indent)
  }

  #struct({struct, fields, bound}: WrittenStruct, indent: string): string {
    const [name, kept] = shape(struct.name, fields)
    const made = `${this.#use(name)}(${this.#object(kept, indent)})`
    return bound.length === 0 ? made : `${this.#use('bind')}(${made}, ${this.#object(bound, indent)})`
  }

  #object(entries: readonly (readonly [string, Written])[], indent: string): string {
    const inner = `${indent}  `
    const parts = entries.map(([name, value]) => `${key(name)}: ${this.value(value, inner, name)}`)
    return enclosed('{', parts, '}', indent)
  }

  #list(items: readonly Written[], indent: string): string {
    const names = orderOf(items)
    if (names) return `${this.#use('order')}(${names.map(stringLiteral).join(', ')})`
    return enclosed(
      '[',
      items.map((item) => this.value(item, `${indent}  `)),
      ']',
      indent,
    )
  }

  #bytes(amount: number): string {
    const [unit, size] = UNITS.find(([, size]) => amount !== 0 && amount % size === 0) ?? []
    return unit === undefined ? String(amount) : `${amount / size} * ${this.#use(unit)}`
  }

  #use(name: string): string {
    this.used.add(name)
    return name
  }
}

type Fields = WrittenStruct['fields']

/** The function that makes the struct, and the fields that are left to say. */
function shape(struct: string, fields: Fields): [string, Fields] {
  const without = (name: string): Fields => fields.filter(([each]) => each !== name)
  const given = new Map(fields)
  if (struct === 'MesosJob') return given.get('service') === true ? ['service', without('service')] : ['job', fields]
  const names = struct === 'Task' ? processNames(given.get('processes')) : undefined
  const order = orderOf(given.get('constraints'))
  if (names && order && names.length === order.length && names.every((name, i) => name === order[i]))
    return ['sequential', without('constraints')]
  return [(struct[0] ?? '').toLowerCase() + struct.slice(1), fields]
}

/** The names of processes, if all of them are texts. */
function processNames(processes: Written | undefined): string[] | undefined {
  if (!Array.isArray(processes) || processes.length === 0) return undefined
  const names = (processes as readonly Written[]).flatMap((process) => {
    const name = isStruct(process, 'Process') && process.bound.length === 0 ? new Map(process.fields).get('name') : undefined
    return typeof name === 'string' ? [name] : []
  })
  return names.length === processes.length ? names : undefined
}

/** The names in a list of one constraint that says nothing but an order. */
function orderOf(constraints: Written | undefined): string[] | undefined {
  if (!Array.isArray(constraints) || constraints.length !== 1) return undefined
  const [only] = constraints as readonly Written[]
  if (!isStruct(only, 'Constraint') || only.bound.length > 0 || only.fields.length !== 1) return undefined
  const order = only.fields[0]?.[1]
  return Array.isArray(order) && order.every((name) => typeof name === 'string') ? order : undefined
}

function isStruct(written: Written | undefined, name: string): written is WrittenStruct {
  return typeof written === 'object' && written !== null && 'struct' in written && written.struct.name === name
}

function enclosed(open: string, parts: readonly string[], close: string, indent: string): string {
  const inline = `${open}${parts.join(', ')}${close}`
  if (!inline.includes('\n') && indent.length + inline.length <= WIDTH) return inline
  return `${open}\n${parts.map((part) => `${indent}  ${part},\n`).join('')}${indent}${close}`
}

function key(name: string): string {
  if (name === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name)
}

/** Several lines as a template, so that they stay lines. */
function stringLiteral(text: string): string {
  if (/^[^\n]*\n[^]/.test(text) && !CONTROL.test(text)) return `\`${text.replace(/[\\`]|\$\{/g, '\\$&')}\``
  return quoted(text)
}

function quoted(text: string): string {
  const json = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${json.replace(/[\u2028\u2029\u007f-\u009f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`
}

// oxlint-disable-next-line no-control-regex -- what does not show in a template, or does not stay as it is
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff\ufeff]/
