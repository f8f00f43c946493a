import {fileURLToPath} from 'node:url'
import {SandboxChild} from '../../src/sandbox/child/sandbox-child.ts'

// A command that uses a child, says its process id, and has nothing more to do: with an argument, while the child computes.
const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const [flavour, busy] = process.argv.slice(2)
const child = new SandboxChild({entry: folder(`child-${flavour}.ts`), readable: [folder('../../src/'), folder('.')]})
console.log(await child.request(['pid', '']))
if (busy) {
  child.request(['loop', '']).catch(() => {})
  process.exit()
}
