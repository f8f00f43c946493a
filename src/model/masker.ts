/** Shorter ones would mask what is no secret. */
const SHORTEST_SECRET = 4
const MASK = '***'

/** Hides the secrets of a run in whatever leaves it: log lines, messages, results, events, the journal. */
export class Masker {
  /** Every form in which a secret may show, the longest first. */
  #forms: readonly string[] = []

  /** From now on `secret` is hidden. @throws Error when it is too short for that */
  add(secret: string): void {
    if (secret.length < SHORTEST_SECRET) throw new Error(`a secret of fewer than ${SHORTEST_SECRET} characters cannot be hidden`)
    this.#forms = [...new Set([...this.#forms, ...formsOf(secret)])].toSorted((a, b) => b.length - a.length)
  }

  text(text: string): string {
    let masked = text
    for (const form of this.#forms) masked = masked.replaceAll(form, MASK)
    return masked
  }

  /** The same for all texts in plain data. */
  data<Data>(data: Data): Data {
    if (this.#forms.length === 0) return data
    return this.#masked(data) as Data
  }

  #masked(data: unknown): unknown {
    if (typeof data === 'string') return this.text(data)
    if (Array.isArray(data)) return data.map((item) => this.#masked(item))
    if (typeof data !== 'object' || data === null) return data
    return Object.fromEntries(Object.entries(data).map(([name, item]) => [this.text(name), this.#masked(item)]))
  }
}

/** The secret, its lines, and both as JSON, URLs and base64 have them. */
function formsOf(secret: string): string[] {
  const parts = [secret, ...secret.split(/\r?\n/)].map((part) => part.trim()).filter((part) => part.length >= SHORTEST_SECRET)
  return [secret, ...parts].flatMap((part) => {
    return [part, JSON.stringify(part).slice(1, -1), encodeURIComponent(part), ...base64Of(Buffer.from(part))]
  })
}

/** Alone, and wherever it stands in a longer text, such as that of `user:password`: as far as its neighbours have no say in the letters. */
function base64Of(bytes: Buffer): string[] {
  const within = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
  })
  return [unpadded(bytes.toString('base64')), ...within].flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')])
}

function unpadded(base64: string): string {
  return base64.replace(/=+$/, '')
}
