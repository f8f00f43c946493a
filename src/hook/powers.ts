import {nearest} from '../model/nearest.ts'
import {
  type CommandSecret,
  coversItem,
  describeItem,
  parseCluster,
  parseCommand,
  type ParseItem,
  parseOrigin,
  parsePath,
  parseSecret,
  parseVariable,
  type PowerItem,
  type PrivateOrigin,
} from './power-items.ts'

interface Power {
  /** In words, after "it may". */
  means: string
  /** Whether `"prompt": true` asks for it. */
  flag?: true
  /** Reads the items of `"fetch": ["https://…"]`. */
  item?: ParseItem
  /** In words, before the items. */
  meansItems?: string
}

/** Every capability that a manifest can declare under `needs`. */
const POWERS = {
  log: {means: 'write to the log', flag: true},
  prompt: {means: 'ask you questions on the terminal', flag: true},
  fetch: {means: 'make HTTP requests to', item: parseOrigin},
  exec: {means: 'run, with any arguments, the commands', item: parseCommand},
  read: {means: 'read the files', item: parsePath},
  env: {means: 'read the environment variables', item: parseVariable},
  scheduler: {means: "query the operation's cluster", flag: true, item: parseCluster, meansItems: 'query the clusters'},
  store: {means: 'keep data of its own', flag: true},
  secret: {means: 'use the secrets', item: parseSecret},
  clock: {means: 'read the clock', flag: true},
  random: {means: 'make random numbers', flag: true},
} as const satisfies Record<string, Power>

export type PowerName = keyof typeof POWERS

/** What a hook asks for, or was granted. */
export interface Powers {
  log?: true
  prompt?: true
  /** Origins: `https://change.example.com`. */
  fetch?: readonly (string | PrivateOrigin)[]
  /** Commands, by name or absolute path. */
  exec?: readonly string[]
  /** Files and folders, from the project's folder or absolute; `*` is any text within a part. */
  read?: readonly string[]
  /** Environment variables. */
  env?: readonly string[]
  /** The cluster of the operation, or those of the list. */
  scheduler?: true | readonly string[]
  store?: true
  /** Environment variables, or commands that print a secret. */
  secret?: readonly (string | CommandSecret)[]
  clock?: true
  random?: true
}

type Asked = true | readonly PowerItem[]

/** Reads the `needs` of a manifest; `problem` hears what is wrong with it. */
export function parsePowers(value: unknown, problem: (text: string) => void): Powers {
  if (value === undefined) return {}
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problem('\'needs\' must be an object, for example {"prompt": true}')
    return {}
  }
  const powers: Partial<Record<PowerName, Asked>> = {}
  for (const [name, asked] of Object.entries(value)) {
    if (!isPower(name)) {
      problem(`'needs' has an unknown power '${name}'${nearest(name, Object.keys(POWERS))}`)
      continue
    }
    const parsed = parseAsked(name, asked, problem)
    if (parsed !== undefined) powers[name] = parsed
  }
  return powers as Powers
}

function isPower(name: string): name is PowerName {
  return Object.hasOwn(POWERS, name)
}

function parseAsked(name: PowerName, asked: unknown, problem: (text: string) => void): Asked | undefined {
  const {flag, item}: Power = POWERS[name]
  if (flag && typeof asked === 'boolean') return asked || undefined
  if (item && Array.isArray(asked) && asked.length > 0) {
    return asked.flatMap((each: unknown) => {
      try {
        return [item(each)]
      } catch (error) {
        problem(`'needs.${name}': ${JSON.stringify(each)} ${(error as Error).message}`)
        return []
      }
    })
  }
  problem(`'needs.${name}' must be ${[flag && 'true or false', item && 'a list'].filter(Boolean).join(', or ')}`)
  return undefined
}

function entries(powers: Powers): [PowerName, Asked][] {
  return Object.entries(powers) as [PowerName, Asked][]
}

/** What of `asked` is not in `granted`. */
export function missingPowers(asked: Powers, granted: Powers): Powers {
  const missing = entries(asked).flatMap(([name, want]): [PowerName, Asked][] => {
    const has: Asked | undefined = Object.hasOwn(granted, name) ? granted[name] : undefined
    if (want === true) return has === true ? [] : [[name, true]]
    const more = want.filter((item) => !Array.isArray(has) || !has.some((granted: PowerItem) => coversItem(granted, item)))
    return more.length > 0 ? [[name, more]] : []
  })
  return Object.fromEntries(missing)
}

/** Powers in words, one a text: `ask you questions on the terminal`. */
export function describePowers(powers: Powers): string[] {
  return entries(powers).map(([name, asked]) => {
    const power: Power = POWERS[name]
    return asked === true ? power.means : `${power.meansItems ?? power.means} ${asked.map(describeItem).join(', ')}`
  })
}

/** The same with every item of a list by itself, to tell what is new among them. */
export function describeEachPower(powers: Powers): string[] {
  return entries(powers).flatMap(([name, asked]) =>
    asked === true ? describePowers({[name]: true}) : asked.flatMap((item) => describePowers({[name]: [item]})),
  )
}
