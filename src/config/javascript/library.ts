import {readFileSync} from 'node:fs'
import type {GuestModule} from '../../sandbox/javascript/protocol.ts'
import {stripTypes} from '../../sandbox/javascript/strip-types.ts'
import {exportDefinitions} from '../../schema/definitions/index.ts'
import {guestFile} from '../location.ts'

/** The name by which configurations import what they are written with. */
export const DOOR = '@auroractl/cli/config'

/** The specifier under which the guest's first module imports the configuration file. */
export const FILE = 'aurora:file'

export const MAIN = 'aurora:main'

/** What is wanted of a file: its jobs, or all that it exports. */
export type Wanted = 'jobs' | 'exports'

const mainCode = (wanted: Wanted): string => `import {asked, printed, used} from 'aurora:granted'
import '${DOOR}'
import * as file from '${FILE}'
import {Writer} from 'aurora:writer'
import structs from 'aurora:structs'
export default () => ({...new Writer(structs).${wanted}(file), asked: [...asked], used: [...used], printed: printed.join('')})
`

/** The modules that surround a configuration in the isolate. */
export async function guestLibrary(variables: Readonly<Record<string, string>>, wanted: Wanted): Promise<Record<string, GuestModule>> {
  const modules = {
    [MAIN]: mainCode(wanted),
    [DOOR]: await source('config'),
    'aurora:granted': `${await source('setup')}\nexport const {asked, printed, used} = setUp(${data(variables)})`,
    'aurora:writer': await source('writer'),
    'aurora:reader': await source('reader'),
    'aurora:structs': `export default ${data(exportDefinitions().structs)}`,
  }
  return Object.fromEntries(Object.entries(modules).map(([name, code]) => [name, {name, code}]))
}

/** Data as an expression; as a mere literal, a name such as `__proto__` would mean more. */
export function data(value: unknown): string {
  return `JSON.parse(${JSON.stringify(JSON.stringify(value))})`
}

async function source(name: 'config' | 'reader' | 'setup' | 'writer'): Promise<string> {
  const file = guestFile(name)
  const text = readFileSync(file, 'utf8')
  return file.endsWith('.ts') ? stripTypes(text, file) : text
}
