import * as door from '../hook.ts'

/** The name by which hook scripts import the SDK, the only one that is not a path. */
export const SDK_NAME = '@auroractl/cli/hook'

/** The SDK as a module for the sandbox, made from the functions' own texts: there is no second copy to bundle or to keep in step. */
export const SDK_SOURCE = Object.entries(door)
  .map(([name, value]) => `export const ${name} = Object.freeze(${value});`)
  .join('\n')
