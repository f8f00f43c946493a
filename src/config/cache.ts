import {hash} from 'node:crypto'
import {type CacheEntry, readEntry, writeEntry} from './cache-entry.ts'
import {CacheFolder} from './cache-folder.ts'
import type {InputReader} from './input-reader.ts'
import type {ConfigLoader} from './loader.ts'

export interface CacheOptions {
  /** The folder of the entries. */
  readonly folder: string
  /** Of all that evaluates: another version finds nothing of this one's. */
  readonly version: string
  /** Told, for a debug log, what came of it. */
  readonly log?: (text: string) => void
}

/** An evaluation with what it depended on, and what the file printed meanwhile. */
export type Kept = Pick<CacheEntry, 'evaluation' | 'inputs' | 'output'>

/** Keeps evaluations for as long as nothing that they depended on has changed. */
export class EvaluationCache {
  readonly #folder: CacheFolder
  readonly #options: CacheOptions

  constructor(options: CacheOptions) {
    this.#options = options
    this.#folder = new CacheFolder(options.folder)
  }

  /** What was kept of the reader's file, if all that it depended on is there and the same. */
  find(reader: InputReader, loader: ConfigLoader): Kept | undefined {
    const name = this.#name(reader, loader)
    const entry = this.#entry(name)
    const found = entry !== undefined && reader.finds(entry.inputs)
    this.#log(`${reader.main.shown}: ${found ? 'from the cache' : entry ? 'changed since it was kept' : 'not in the cache'}`)
    if (!found) return undefined
    this.#folder.touch(name)
    return entry
  }

  /** Keeps an evaluation; one that cannot be repeated, or not be written, is let go. */
  keep(reader: InputReader, loader: ConfigLoader, {evaluation, inputs, output}: Kept): void {
    const {main} = reader
    if (inputs.time || inputs.random) return this.#log(`${main.shown}: not kept, since it looked at ${inputs.time ? 'the time' : 'chance'}`)
    try {
      const text = writeEntry({file: main.path, made: Date.now(), inputs, evaluation, output})
      this.#folder.write(this.#name(reader, loader), text)
    } catch (error) {
      this.#log(`${main.shown}: not kept: ${(error as Error).message}`)
    }
  }

  #entry(name: string): CacheEntry | undefined {
    const text = this.#folder.read(name)
    return text === undefined ? undefined : readEntry(text)
  }

  /** What an evaluation depends on before it looks at anything. */
  #name({main, roots, directory}: InputReader, {name}: ConfigLoader): string {
    const versions = [this.#options.version, process.version]
    const zone = [process.env['TZ'] ?? null, ...[0, 6].map((month) => new Date(2020, month).getTimezoneOffset())]
    return hash('sha256', JSON.stringify([...versions, name, main.path, main.shown, directory, roots, zone]))
  }

  #log(text: string): void {
    this.#options.log?.(text)
  }
}
