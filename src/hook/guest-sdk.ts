import {allow, amend, defineHook, deny, hint} from '../model/hook-script.ts'

/** The name by which hook scripts import the SDK, the only one that is not a path. */
export const SDK_NAME = '@auroractl/cli/hook'

/** The SDK as a module, made from the functions' own texts: each uses nothing from outside itself. */
const SOURCE = Object.entries({allow, amend, defineHook, deny, hint})
  .map(([name, value]) => `export const ${name} = Object.freeze(${String(value)});`)
  .join('\n')

/** The modules that a hook can import by name. */
export const LIBRARY = {[SDK_NAME]: {name: SDK_NAME, code: SOURCE}}
