import {digestOf, type FileGrant, fileGrant} from '../grants.ts'
import type {Powers} from '../powers.ts'

/** The powers that the user can grant to the hooks of a file. */
export const FILE_POWERS = ['exec', 'fetch', 'read'] as const
export type FilePower = (typeof FILE_POWERS)[number]

/** By which a configuration's code is told from another: every file of it counts. */
export function codeDigest(code: ReadonlyMap<string, string>): string {
  return digestOf(JSON.stringify([...code]))
}

/** What the user has granted to the hooks of one configuration file. */
export class ConfigGrant {
  readonly #path: string
  readonly #grant: Promise<FileGrant | undefined>

  constructor(dataDir: string, path: string) {
    this.#path = path
    this.#grant = fileGrant(dataDir, path)
    // Whoever uses it will hear of it.
    this.#grant.catch(() => {})
  }

  /** The powers, for code that is what was granted; nothing for any other. */
  async powers(code: ReadonlyMap<string, string>): Promise<Powers> {
    const grant = await this.#grant
    return grant?.digest === codeDigest(code) ? grant.powers : {}
  }

  /** Why the code that has been loaded by now may not do it, and how it may; undefined when it may. */
  async refusal(code: ReadonlyMap<string, string>, power: FilePower, what: string): Promise<string | undefined> {
    const grant = await this.#grant
    if (grant?.digest === codeDigest(code) && names(grant.powers, power, what)) return undefined
    const changed = grant !== undefined && grant.digest !== codeDigest(code)
    const why = changed
      ? `the file, or code that it loads, is not what was granted (a module that a hook imports while it runs is not part of that)`
      : `${power} of ${what} is not granted to it`
    const items = [...new Set([...itemsOf(grant?.powers ?? {}), `${power}=${what}`])]
    return `${why}. Look at it, and grant it: aurora hooks grant ${this.#path} --allow ${items.join(',')}`
  }
}

/** Whether the powers name it; of files only reading can tell. */
function names(powers: Powers, power: FilePower, what: string): boolean {
  const granted = powers[power] ?? []
  return power === 'read' ? granted.length > 0 : granted.some((each) => textOf(each) === what)
}

function itemsOf(powers: Powers): string[] {
  return FILE_POWERS.flatMap((power) => (powers[power] ?? []).map((each) => `${power}=${textOf(each)}`))
}

function textOf(item: string | {origin: string}): string {
  return typeof item === 'string' ? item : item.origin
}
