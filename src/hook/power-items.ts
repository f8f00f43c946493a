/** An origin that may also be found at a private address: `{"origin": "https://change.corp", "private": true}`. */
export interface PrivateOrigin {
  origin: string
  private: true
}

/** A secret that a command prints: `{"name": "vault", "command": ["pass", "show", "x"]}`. */
export interface CommandSecret {
  name: string
  command: readonly string[]
}

/** One thing that a list of `needs` names. */
export type PowerItem = string | PrivateOrigin | CommandSecret

/** Reads one item of a list of `needs`. @throws Error that says what it must be, after the item */
export type ParseItem = (item: unknown) => PowerItem

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/
const VARIABLE = /^[A-Za-z_]\w*$/
const SECRET = /^[A-Za-z][\w.-]*$/
const COMMAND = /^(?:[\w+-][\w.+-]*|(?:\/[^/]+)+)$/
const LONGEST = 500

export function parseOrigin(item: unknown): string | PrivateOrigin {
  if (isObject(item, ['origin', 'private'])) {
    const origin = originOf(item['origin'])
    const asked = item['private'] ?? false
    if (origin !== undefined && typeof asked === 'boolean') return asked ? {origin, private: true} : origin
  }
  const origin = originOf(item)
  if (origin !== undefined) return origin
  throw new Error('must be an origin such as "https://change.example.com", or {"origin": "https://…", "private": true}')
}

/** `https://host:port`, and nothing more: no path, no credentials, no pattern. */
function originOf(value: unknown): string | undefined {
  if (!isText(value) || !URL.canParse(value)) return undefined
  const {protocol, origin, href, host} = new URL(value)
  if (!/^https?:$/.test(protocol) || host === '' || host.includes('*')) return undefined
  return href === `${origin}/` ? origin : undefined
}

export function parseCommand(item: unknown): string {
  if (isText(item) && COMMAND.test(item) && !climbs(item)) return item
  throw new Error('must be a command such as "git" or "/usr/bin/git", without arguments')
}

export function parsePath(item: unknown): string {
  if (isText(item) && !climbs(item) && item !== '~') return item.replace(/(?<=.)\/+$/, '')
  throw new Error("must be a file or folder, from the project's folder or absolute, such as \"deploy/*.yaml\"; '..' is none")
}

function climbs(path: string): boolean {
  return path.split('/').includes('..')
}

export function parseVariable(item: unknown): string {
  if (isText(item) && VARIABLE.test(item)) return item
  throw new Error('must be the name of an environment variable')
}

export function parseCluster(item: unknown): string {
  if (isText(item) && /^[\w.-]+$/.test(item)) return item
  throw new Error("must be a cluster's name")
}

export function parseSecret(item: unknown): string | CommandSecret {
  if (isText(item) && VARIABLE.test(item)) return item
  if (isObject(item, ['name', 'command'])) {
    const {name, command} = item
    const whole = isText(name) && SECRET.test(name) && Array.isArray(command) && command.length > 0 && command.every(isText)
    if (whole) return {name, command: [parseCommand(command[0]), ...command.slice(1)]}
  }
  throw new Error('must be an environment variable, or {"name": "vault", "command": ["pass", "show", "x"]}')
}

/** An item in words, for the person who grants it. */
export function describeItem(item: PowerItem): string {
  if (typeof item === 'string') return item
  if ('origin' in item) return `${item.origin} (also at a private address)`
  return `${item.name} (from the command: ${item.command.join(' ')})`
}

/** Whether who was granted `item` has what `asked` names. */
export function coversItem(item: PowerItem, asked: PowerItem): boolean {
  if (typeof item === 'object' && 'origin' in item && typeof asked === 'string') return item.origin === asked
  return JSON.stringify(item) === JSON.stringify(asked)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST && !CONTROL.test(value)
}

function isObject(value: unknown, fields: readonly string[]): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).every((field) => fields.includes(field))
}
