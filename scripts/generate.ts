/**
 * Writes what follows from the registered commands (`docs/commands.md` and the snapshot of the interface) and from the definitions of the
 * configuration language (the types of TypeScript configurations): `npm run generate`. Needs a build.
 */
import {writeFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {foreignCommands, ownCommands} from './generate/commands.ts'
import {configTypes} from './generate/config-types.ts'
import {languagePage} from './generate/language.ts'
import {commandsPage} from './generate/markdown.ts'
import {commandSnapshot} from './generate/snapshot.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const SNAPSHOT = 'test/contract/commands.snapshot.json'

/** The generated files, by their path in the repository. */
export async function generate(): Promise<Record<string, string>> {
  const commands = ownCommands(root)
  return {
    'src/model/gen/config-structs.ts': configTypes(),
    'docs/commands.md': commandsPage(commands, foreignCommands(root, commands)),
    'docs/configuration-reference.md': languagePage(),
    [SNAPSHOT]: await commandSnapshot(commands, `${root}${SNAPSHOT}`),
  }
}

if (import.meta.main) {
  for (const [path, text] of Object.entries(await generate())) writeFileSync(`${root}${path}`, text)
}
