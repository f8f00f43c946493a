import {createRequire} from 'node:module'
import type IsolatedVm from 'isolated-vm'
import {ADDON_VARIABLE} from './protocol.ts'

/** isolated-vm, from the one file of it that this child may read: its own loader would search for that file in folders. */
export const ivm = loadAddon()

function loadAddon(): typeof IsolatedVm {
  const file = process.env[ADDON_VARIABLE]
  if (file === undefined) throw new Error(`${ADDON_VARIABLE} is not set`)
  return (createRequire(import.meta.url)(file) as {ivm: typeof IsolatedVm}).ivm
}
