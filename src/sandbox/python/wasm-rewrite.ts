/** Section ids of the WebAssembly binary format. */
const Section = {custom: 0, memory: 5, export: 7, data: 11, dataCount: 12} as const

export interface WasmRewrite {
  /** The exports that stay; everything else the module offers is dropped. */
  exports: ReadonlySet<string>
  /** The most memory the guest can ever have, in pages of 64 KiB. */
  maxPages: number
  /** Leaves the initial contents of memory out, for a module whose memory is restored from a snapshot. */
  withoutData: boolean
}

/** Narrows a WebAssembly module to what the sandbox uses of it: fewer exports, a cap on memory, no initial data, no names. */
export function rewriteWasm(source: Uint8Array, rewrite: WasmRewrite): Uint8Array {
  const parts: Uint8Array[] = [source.subarray(0, 8)]
  const reader = new WasmReader(source, 8)
  while (reader.position < source.length) {
    const id = reader.byte()
    const length = reader.unsigned()
    const body = source.subarray(reader.position, reader.position + length)
    reader.position += length
    const rewritten = rewriteSection(id, body, rewrite)
    if (rewritten) parts.push(Uint8Array.of(id, ...unsigned(rewritten.length)), rewritten)
  }
  return Buffer.concat(parts)
}

function rewriteSection(id: number, body: Uint8Array, rewrite: WasmRewrite): Uint8Array | undefined {
  if (id === Section.custom) return undefined
  if (id === Section.memory) return capMemory(body, rewrite.maxPages)
  if (id === Section.export) return keepExports(body, rewrite.exports)
  if (rewrite.withoutData && (id === Section.data || id === Section.dataCount)) return undefined
  return body
}

function capMemory(body: Uint8Array, maxPages: number): Uint8Array {
  const reader = new WasmReader(body)
  if (reader.unsigned() !== 1) throw new Error('expected one memory in the WebAssembly module')
  const flags = reader.byte()
  return Uint8Array.of(1, flags | 1, ...unsigned(reader.unsigned()), ...unsigned(maxPages))
}

function keepExports(body: Uint8Array, names: ReadonlySet<string>): Uint8Array {
  const reader = new WasmReader(body)
  const kept: Uint8Array[] = []
  for (let left = reader.unsigned(); left > 0; left--) {
    const start = reader.position
    const name = reader.name()
    reader.byte()
    reader.unsigned()
    if (names.has(name)) kept.push(body.subarray(start, reader.position))
  }
  return Buffer.concat([Uint8Array.from(unsigned(kept.length)), ...kept])
}

class WasmReader {
  readonly #bytes: Uint8Array
  position: number

  constructor(bytes: Uint8Array, position = 0) {
    this.#bytes = bytes
    this.position = position
  }

  byte(): number {
    const byte = this.#bytes[this.position++]
    if (byte === undefined) throw new Error('the WebAssembly module is truncated')
    return byte
  }

  /** An unsigned LEB128 number. */
  unsigned(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte()
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }

  name(): string {
    const length = this.unsigned()
    this.position += length
    return Buffer.from(this.#bytes.subarray(this.position - length, this.position)).toString('utf8')
  }
}

function unsigned(value: number): number[] {
  const bytes: number[] = []
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) | 0x80)
  return [...bytes, value]
}
