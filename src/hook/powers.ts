import {nearest} from '../model/nearest.ts'

interface Power {
  /** In words, after "it may". */
  means: string
  /** `"prompt": true`, or `"fetch": ["https://…"]`. */
  takes: 'flag' | 'list'
  available: boolean
}

/** Every capability that a manifest can declare under `needs`. */
const POWERS = {
  log: {means: 'write to the log', takes: 'flag', available: true},
  prompt: {means: 'ask you questions on the terminal', takes: 'flag', available: true},
  fetch: {means: 'make HTTP requests to', takes: 'list', available: false},
  exec: {means: 'run the commands', takes: 'list', available: false},
  read: {means: 'read the files', takes: 'list', available: false},
  env: {means: 'read the environment variables', takes: 'list', available: false},
  scheduler: {means: 'query the scheduler', takes: 'flag', available: false},
  store: {means: 'keep data of its own', takes: 'flag', available: false},
  secret: {means: 'use the secrets', takes: 'list', available: false},
  clock: {means: 'read the clock', takes: 'flag', available: false},
  random: {means: 'make random numbers', takes: 'flag', available: false},
} as const satisfies Record<string, Power>

type PowerName = keyof typeof POWERS

/** What a hook asks for, or was granted: `true`, or what the list names. */
export type Powers = {[name in PowerName]?: true | readonly string[]}

/** Reads the `needs` of a manifest; `problem` hears what is wrong with it. */
export function parsePowers(value: unknown, problem: (text: string) => void): Powers {
  if (value === undefined) return {}
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problem('\'needs\' must be an object, for example {"prompt": true}')
    return {}
  }
  const powers: Powers = {}
  for (const [name, asked] of Object.entries(value)) {
    if (!isPower(name)) problem(`'needs' has an unknown power '${name}'${nearest(name, Object.keys(POWERS))}`)
    else if (!POWERS[name].available) problem(`the power '${name}' is not available yet`)
    else if (!fits(POWERS[name], asked))
      problem(`'needs.${name}' must be ${POWERS[name].takes === 'flag' ? 'true or false' : 'a list of texts'}`)
    else if (asked !== false) powers[name] = asked as true | readonly string[]
  }
  return powers
}

function isPower(name: string): name is PowerName {
  return Object.hasOwn(POWERS, name)
}

function fits({takes}: Power, asked: unknown): boolean {
  if (takes === 'flag') return typeof asked === 'boolean'
  return Array.isArray(asked) && asked.length > 0 && asked.every((item) => typeof item === 'string')
}

/** What of `asked` is not in `granted`. */
export function missingPowers(asked: Powers, granted: Powers): Powers {
  const missing: Powers = {}
  for (const [name, want] of Object.entries(asked) as [PowerName, true | readonly string[]][]) {
    const has = granted[name]
    if (want === true) {
      if (has !== true) missing[name] = true
      continue
    }
    const more = want.filter((item) => !Array.isArray(has) || !has.includes(item))
    if (more.length > 0) missing[name] = more
  }
  return missing
}

/** Powers in words: `ask you questions on the terminal`. */
export function describePowers(powers: Powers): string[] {
  const entries = Object.entries(powers) as [PowerName, true | readonly string[]][]
  return entries.map(([name, what]) => (what === true ? POWERS[name].means : `${POWERS[name].means} ${what.join(', ')}`))
}
