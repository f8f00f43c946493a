import {lstatSync} from 'node:fs'
import {join} from 'node:path'

/** Where the site says what everybody on this machine is held to, whatever AURORA_CONFIG_ROOT says. */
export const POLICY_FOLDER = '/etc/aurora'

const NAMES = ['policy.json', 'policy.yaml']

/** The site's files of hooks; more than one is an error. */
export function findPolicyFiles(folder: string): string[] {
  return NAMES.map((name) => join(folder, name)).filter(isThere)
}

/** What cannot be looked at is there, too. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, {throwIfNoEntry: false}) !== undefined
  } catch {
    return true
  }
}
