import {appendFileSync, globSync, readFileSync, writeFileSync} from 'node:fs'

const BLOCK = /declare module '@auroractl\/cli' \{\n {2}interface Operations \{\n(.*?)\n {2}\}\n\}/s

/** Gives authors of hooks and plugins the operations of our own plugins, with what hooks see of each. */
export function writeOperationTypes(): void {
  const doors = {'@auroractl/cli': exportsOf('index'), '@auroractl/cli/schema': exportsOf('schema')}
  const imports = new Map<string, string>()
  const members: string[] = []
  for (const file of globSync('plugins/*/src/**/*.ts').toSorted()) {
    const text = readFileSync(file, 'utf8')
    const [, block] = BLOCK.exec(text) ?? []
    if (block === undefined) continue
    if (block.includes('typeof ')) throw new Error(`${file}: what hooks see must be spelt out: nobody else has its values`)
    members.push(block.replace(/^ {2}/gm, ''))
    for (const [, names = '', door = ''] of text.matchAll(/import (?:type )?\{([^}]*)\} from '(@auroractl\/cli[^']*)'/g)) {
      for (const name of names.split(',').map((each) => each.trim().replace(/^type /, ''))) {
        if (name === '' || !new RegExp(`\\b${name}\\b`).test(block)) continue
        const module = doors[door as keyof typeof doors]?.get(name)
        if (module === undefined) throw new Error(`${file}: where ${name} of ${door} is declared is not known`)
        imports.set(name, module)
      }
    }
  }
  const lines = [...imports].map(([name, module]) => `import type {${name}} from '${module}'`)
  const text = `${lines.join('\n')}\n\ndeclare module './model/operations.js' {\n  interface Operations {\n${members.map((each) => each.replace(/^/gm, '  ')).join('\n')}\n  }\n}\n`
  writeFileSync('dist/types/operations.d.ts', text)
  for (const door of ['index', 'hook']) appendFileSync(`dist/types/${door}.d.ts`, "import './operations.js'\n")
}

/** By the name, the module in which a door's export is declared. */
function exportsOf(door: string): Map<string, string> {
  const text = readFileSync(`src/${door}.ts`, 'utf8')
  const modules = new Map<string, string>()
  for (const [, names = '', module = ''] of text.matchAll(/export (?:type )?\{([^}]*)\} from '([^']+)\.ts'/g)) {
    for (const name of names.split(',')) modules.set(name.trim().replace(/^type /, ''), `${module}.js`)
  }
  return modules
}
