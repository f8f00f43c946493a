import {readFileSync} from 'node:fs'
import {distFile} from './layout.ts'

/** What the build knows of the host's own commands, so that help, version and dispatch need no plugin to be loaded. */
export interface Catalogue {
  name: string
  version: string
  /** The versions of what the build has put into the product. */
  parts: Record<string, string>
  /** The ids of our commands: `job:create`. */
  commands: string[]
  /** The operations that our plugins bring, with those that each calls; hooks can be bound to them. */
  operations: Record<string, {calls?: readonly string[]}>
  /** Our plugins, by the names of their folders. */
  plugins: string[]
  /** Every topic that some command of ours is below: `job`. */
  topics: string[]
}

export function readCatalogue(): Catalogue {
  return JSON.parse(readFileSync(distFile('catalogue.json'), 'utf8')) as Catalogue
}

/** Help texts as rendered by the build, for the terminal widths that it was rendered for. */
export const HELP_WIDTHS = [80, 100, 120] as const

/** Help by command id or topic; the root's is under the empty id. */
export function readHelp(columns: number): Record<string, string> {
  const width = HELP_WIDTHS.findLast((candidate) => candidate <= columns) ?? HELP_WIDTHS[0]
  return JSON.parse(readFileSync(distFile(`help/${width}.json`), 'utf8')) as Record<string, string>
}
