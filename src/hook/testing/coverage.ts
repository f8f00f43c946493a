import {decode, type SourceMapSegment} from '@jridgewell/sourcemap-codec'
import type {ScriptCoverage} from '../../sandbox/javascript/protocol.ts'
import type {SourceModule} from '../../sandbox/javascript/sandbox.ts'

/** What of a file ran, in one case or another; of a line, all. */
export interface FileCoverage {
  file: string
  lines: Counted
  functions: Counted
  /** Numbers of lines that never ran. */
  missed: readonly number[]
  /** Functions that were never called: `check:12`. */
  missedFunctions: readonly string[]
}

interface Counted {
  total: number
  covered: number
}

/** A word of the code as it runs, and where its author wrote it. */
interface Probe {
  offset: number
  file: string
  line: number
  column: number
}

/** Adds up what ran in the cases of a plugin's tests, by the files as their author wrote them. */
export class CoverageCount {
  /** By file, by line and column: whether it ran. */
  readonly #words = new Map<string, Map<string, boolean>>()
  /** By file, by name and line: whether it was called. */
  readonly #functions = new Map<string, Map<string, boolean>>()
  readonly #probes = new Map<string, readonly Probe[]>()

  /** Counts one case: the modules as they ran, and what ran of them. */
  add(scripts: readonly ScriptCoverage[], modules: ReadonlyMap<string, SourceModule>): void {
    for (const script of scripts) {
      const module = modules.get(script.url)
      if (!module) continue
      const probes = this.#probes.get(module.code) ?? probesOf(module)
      this.#probes.set(module.code, probes)
      const ranges = script.functions.flatMap((each) => each.ranges)
      for (const {offset, file, line, column} of probes) mark(this.#words, file, `${line}:${column}`, countAt(ranges, offset) > 0)
      this.#addFunctions(script, module.code, probes)
    }
  }

  files(): FileCoverage[] {
    const files = [...this.#words].toSorted(([a], [b]) => (a < b ? -1 : 1))
    return files.map(([file, words]) => {
      const lines = linesOf(words)
      const functions = this.#functions.get(file) ?? new Map<string, boolean>()
      return {
        file,
        lines: count(lines),
        functions: count(functions),
        missed: missedOf(lines).toSorted((x, y) => x - y),
        missedFunctions: missedOf(functions),
      }
    })
  }

  #addFunctions({functions}: ScriptCoverage, code: string, probes: readonly Probe[]): void {
    for (const {functionName, ranges} of functions) {
      const [range] = ranges
      if (!range || functionName.startsWith('<') || (range.startOffset === 0 && range.endOffset >= code.length)) continue
      // The first place within it: a function that a bundler made has none that anybody wrote at its start.
      const place = probes.find(({offset}) => offset >= lineStart(code, range.startOffset) && offset < range.endOffset)
      if (place) mark(this.#functions, place.file, `${functionName || '(anonymous)'}:${place.line}`, range.count > 0)
    }
  }
}

function lineStart(code: string, offset: number): number {
  return code.lastIndexOf('\n', offset - 1) + 1
}

/** A line ran when all of its words did. */
function linesOf(words: ReadonlyMap<string, boolean>): Map<number, boolean> {
  const lines = new Map<number, boolean>()
  for (const [place, ran] of words) {
    const line = Number.parseInt(place, 10)
    lines.set(line, ran && (lines.get(line) ?? true))
  }
  return lines
}

function mark<Key>(all: Map<string, Map<Key, boolean>>, file: string, key: Key, ran: boolean): void {
  const one = all.get(file) ?? new Map<Key, boolean>()
  all.set(file, one)
  one.set(key, ran || one.get(key) === true)
}

function count(all: ReadonlyMap<unknown, boolean>): Counted {
  const ran = [...all.values()]
  return {total: ran.length, covered: ran.filter(Boolean).length}
}

function missedOf<Key>(all: ReadonlyMap<Key, boolean>): Key[] {
  return [...all].flatMap(([key, ran]) => (ran ? [] : [key]))
}

/** The innermost range is the shortest that holds the place. */
function countAt(ranges: readonly {startOffset: number; endOffset: number; count: number}[], offset: number): number {
  let found: {size: number; count: number} | undefined
  for (const {startOffset, endOffset, count: times} of ranges) {
    const size = endOffset - startOffset
    if (startOffset <= offset && offset < endOffset && (!found || size <= found.size)) found = {size, count: times}
  }
  return found?.count ?? 0
}

function probesOf(module: SourceModule): Probe[] {
  return module.map === undefined ? plainProbes(module) : mappedProbes(module.code, module.map)
}

/** What says nothing about whether something ran. */
const IDLE = /^\s*(\/\/|\/?\*|[\s{}()[\];,]*$)/
const WORD = /[\w$'"`]+/g

/** The words of every line that is more than a comment or a bracket; what declares a function belongs to it. */
function plainProbes({name: file, code}: SourceModule): Probe[] {
  let start = 0
  return code.split('\n').flatMap((text, index) => {
    const [before = ''] = /^\s*(export\s+)?(default\s+)?/.exec(text) ?? []
    const begins = start
    start += text.length + 1
    if (IDLE.test(text)) return []
    const words = text
      .slice(before.length)
      .replace(/\s\/\/ .*/, '')
      .matchAll(WORD)
    return [...words].map(({index: at}) => ({offset: begins + before.length + at, file, line: index + 1, column: before.length + at}))
  })
}

/** The places that the map knows, of the author's own files. */
function mappedProbes(code: string, map: string): Probe[] {
  const {sources, mappings, ignoreList = []} = JSON.parse(map) as {sources: string[]; mappings: string; ignoreList?: number[]}
  const foreign = new Set(ignoreList)
  const lines = code.split('\n')
  let start = 0
  return decode(mappings).flatMap((segments, index) => {
    const text = lines[index] ?? ''
    const begins = start
    start += text.length + 1
    return segments.flatMap(([column, source, line, original = 0]: SourceMapSegment): Probe[] =>
      source === undefined || line === undefined || foreign.has(source) || IDLE.test(text.slice(column))
        ? []
        : [{offset: begins + column, file: sources[source] ?? '', line: line + 1, column: original}],
    )
  })
}
