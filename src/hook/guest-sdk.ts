import type {Decision} from '../model/decision.ts'
import type {JsonObject} from '../model/json.ts'

/** The name by which hook scripts import the SDK, the only one that is not a path. */
export const SDK_NAME = '@auroractl/cli/hook'

/**
 * What the door `hook.ts` exports, for the sandbox. A room imports no door, and the door no room but the leaves, so the functions
 * stand in both; a test holds them equal.
 */
const FUNCTIONS = {allow, amend, defineHook, deny, hint}

/** The SDK as a module, made from the functions' own texts: each must use nothing from outside itself. */
const SOURCE = Object.entries(FUNCTIONS)
  .map(([name, value]) => `export const ${name} = Object.freeze(${String(value)});`)
  .join('\n')

/** The modules that a hook can import by name. */
export const LIBRARY = {[SDK_NAME]: {name: SDK_NAME, code: SOURCE}}

function allow(): Decision {
  return {decision: 'allow'}
}

function amend(changes: JsonObject): Decision {
  if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) throw new TypeError('amend() needs an object of changes')
  return {decision: 'amend', changes}
}

function defineHook<Hook>(hook: Hook): Hook {
  return hook
}

function deny(reason: string): Decision {
  if (typeof reason !== 'string' || reason.trim() === '') throw new TypeError('deny() needs a reason')
  return {decision: 'deny', reason}
}

function hint(text: string): {hint: string} {
  if (typeof text !== 'string' || text.trim() === '') throw new TypeError('hint() needs a text')
  return {hint: text}
}
