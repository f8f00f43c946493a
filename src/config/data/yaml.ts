import type * as Library from 'yaml'
import type {Alias, Document, Node, Pair} from 'yaml'
import type {Json} from '../../model/json.ts'
import {type Data, type Entry, NONE, spelledNumber} from './data.ts'

type Yaml = typeof Library

/** A file that is no YAML, or more than a configuration needs of it. */
export class YamlError extends Error {
  readonly line: number | undefined
  constructor(message: string, line: number | undefined) {
    super(message)
    this.line = line
  }
}

/** Aliases can name a part many times over; no honest file comes near. */
const MAX_PARTS = 1_000_000
const MAX_DEPTH = 100

/** YAML 1.2 with the line of each part: aliases and `<<` are followed, tags of other schemas are refused. @throws YamlError */
export async function parseYaml(text: string): Promise<Data> {
  const yaml = await import('yaml')
  const lines = new yaml.LineCounter()
  const [document, another] = yaml.parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    intAsBigInt: true,
    merge: false,
    uniqueKeys: false,
  })
  const lineOf = (offset: number | undefined): number => lines.linePos(offset ?? 0).line
  if (!document || 'empty' in document) return {line: 1, scalar: NONE}
  const [problem] = [...document.errors, ...document.warnings]
  if (problem) throw new YamlError(problem.message, lineOf(problem.pos[0]))
  if (another) throw new YamlError('a configuration is one document', lineOf(another.contents?.range?.[0] ?? another.range[0]))
  return new Reader(yaml, document, lineOf).data(document.contents, 0)
}

class Reader {
  readonly #yaml: Yaml
  readonly #aliased: ReadonlyMap<Alias, Node | undefined>
  readonly #lineOf: (offset: number | undefined) => number
  #parts = 0

  constructor(yaml: Yaml, document: Document, lineOf: (offset: number | undefined) => number) {
    this.#yaml = yaml
    this.#aliased = aliased(yaml, document)
    this.#lineOf = lineOf
  }

  data(node: unknown, depth: number): Data {
    const {isAlias, isMap, isNode, isScalar, isSeq} = this.#yaml
    if (!isNode(node)) return {line: 1, scalar: NONE}
    const line = this.#lineOf(node.range?.[0])
    if (depth > MAX_DEPTH) throw new YamlError(`it is nested more than ${MAX_DEPTH} levels deep`, line)
    if (++this.#parts > MAX_PARTS) throw new YamlError(`its aliases make more than ${MAX_PARTS} parts of it`, line)
    if (isAlias(node)) {
      const target = this.#aliased.get(node)
      if (!target) throw new YamlError(`nothing before it has the anchor ${node.source}`, line)
      return this.data(target, depth + 1)
    }
    if (isScalar(node)) return {line, scalar: scalar(node.value, node.source)}
    if (isSeq(node)) return {line, items: node.items.map((item) => this.data(item, depth + 1))}
    if (isMap(node)) return {line, entries: this.#entries(node.items, depth)}
    throw new YamlError('it is no value', line)
  }

  /** The pairs of a map; those that `<<` brings come first, so that the map's own win. */
  #entries(pairs: readonly Pair[], depth: number): Entry[] {
    const merged: Entry[] = []
    const own: Entry[] = []
    const names = new Set<string>()
    for (const {key, value} of pairs) {
      const {name, line} = this.#name(key)
      const data = this.data(value, depth + 1)
      // The library compares each name with each other one.
      if (names.has(name)) throw new YamlError('Map keys must be unique', line)
      names.add(name)
      if (name === '<<') merged.unshift(...this.#merged(data))
      else own.push({name, line, value: data})
    }
    return [...merged.filter(({name}) => !names.has(name)), ...own]
  }

  #merged(data: Data): Entry[] {
    if ('entries' in data) return [...data.entries]
    if ('items' in data) return data.items.toReversed().flatMap((item) => this.#merged(item))
    throw new YamlError('<< takes maps', data.line)
  }

  #name(key: unknown): {name: string; line: number} {
    const {isMap, isScalar} = this.#yaml
    if (!isScalar(key)) {
      const why = isMap(key) ? 'a name is a text; with a reference, quote the whole text: "{{name}}"' : 'a name is a text'
      throw new YamlError(why, this.#lineOf((key as Node | null)?.range?.[0]))
    }
    return {name: key.source ?? String(key.value), line: this.#lineOf(key.range?.[0])}
  }
}

/** What each alias stands for: the last part before it with that anchor. The library's own search goes through the whole file for each. */
function aliased(yaml: Yaml, document: Document): Map<Alias, Node | undefined> {
  const anchors = new Map<string, Node>()
  const found = new Map<Alias, Node | undefined>()
  yaml.visit(document, {
    Alias: (_key, alias) => void found.set(alias, anchors.get(alias.source)),
    Value(_key, node) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node)
    },
  })
  return found
}

function scalar(value: unknown, source: string | undefined): Json {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'bigint') return spelledNumber(String(value))
  if (typeof value !== 'number') return NONE
  if (!Number.isFinite(value)) return {f: Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf'}
  return Number.isInteger(value) ? {f: `${value}`} : spelledNumber(source ?? String(value))
}
