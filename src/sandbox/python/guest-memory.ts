const decoder = new TextDecoder()
const encoder = new TextEncoder()

/** The linear memory of the guest. Views are made anew after it grew, which detaches the old ones. */
export class GuestMemory {
  readonly maxBytes: number
  /** While set, memory does not grow. */
  frozen = false
  #memory: WebAssembly.Memory | undefined
  #bytes = new Uint8Array()
  #view = new DataView(new ArrayBuffer())

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes
  }

  /** The imports are linked before the instance brings its memory. */
  attach(memory: WebAssembly.Memory): void {
    this.#memory = memory
  }

  get bytes(): Uint8Array {
    this.#refresh()
    return this.#bytes
  }

  get view(): DataView {
    this.#refresh()
    return this.#view
  }

  /** Grows to at least `size` bytes; false where the limit is reached. */
  grow(size: number): boolean {
    const current = this.bytes.length
    if (size <= current) return true
    if (size > this.maxBytes || this.frozen) return false
    // In steps of 4 MiB, so that a growing heap does not pay for each page.
    const target = Math.min(this.maxBytes, Math.max(size, current + (4 << 20)))
    try {
      this.#memory?.grow(Math.ceil((target - current) / 65_536))
      return true
    } catch {
      return false
    }
  }

  /** The zero-terminated text at `pointer`. */
  text(pointer: number): string {
    const bytes = this.bytes
    const end = bytes.indexOf(0, pointer)
    return decoder.decode(bytes.subarray(pointer, end === -1 ? bytes.length : end))
  }

  /** Writes `text` and a zero into at most `capacity` bytes; returns the bytes of text written. */
  putText(pointer: number, text: string, capacity: number): number {
    const encoded = encoder.encode(text).subarray(0, Math.max(0, capacity - 1))
    this.bytes.set(encoded, pointer)
    this.bytes[pointer + encoded.length] = 0
    return encoded.length
  }

  #refresh(): void {
    const buffer = this.#memory?.buffer
    if (!buffer || buffer === this.#bytes.buffer) return
    this.#bytes = new Uint8Array(buffer)
    this.#view = new DataView(buffer)
  }
}
