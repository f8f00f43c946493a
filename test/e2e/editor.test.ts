/** A project of TypeScript configurations, set up as the documentation says. */
import {execFileSync} from 'node:child_process'
import {mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, expect, it} from 'vitest'
import {Cli, repository} from './cli.ts'

const cli = new Cli()
afterAll(() => cli[Symbol.asyncDispose]())

const documentation = readFileSync(join(repository, 'docs/configuration.md'), 'utf8')
const chapter = documentation.slice(documentation.indexOf('\n## In TypeScript'))
const block = (syntax: string) => chapter.split(`\`\`\`${syntax}\n`)[1]?.split('```')[0] ?? ''

function project(files: Record<string, string>): void {
  mkdirSync(join(cli.home, 'node_modules/@auroractl'), {recursive: true})
  symlinkSync(repository, join(cli.home, 'node_modules/@auroractl/cli'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cli.home, name), text)
}

function compile(): string {
  try {
    return execFileSync(join(repository, 'node_modules/.bin/tsc'), ['-p', cli.home], {encoding: 'utf8'})
  } catch (error) {
    return (error as {stdout: string}).stdout
  }
}

it('compiles what it evaluates: the documented file, and imports of every kind', async () => {
  project({
    'package.json': '{"type": "module"}',
    'tsconfig.json': block('json'),
    'aurora.d.ts': "declare module '*.aurora'\n",
    'documented.aurora.ts': block('ts'),
    'size.json': '{"cpu": 0.5}',
    'units.ts': "import {MB} from '@auroractl/cli/config'\nexport const ram = 64 * MB\n",
    'base.aurora': "base = Process(name = 'base', cmdline = 'true')\n",
    'imports.aurora.ts': `import {resources, sequential, service} from '@auroractl/cli/config'
import {base} from './base.aurora'
import size from './size.json' with {type: 'json'}
import {ram} from './units.ts'

const task = sequential({processes: [base], resources: resources({cpu: size.cpu, ram, disk: ram})})
export default service({cluster: 'devcluster', role: 'www', environment: 'devel', name: 'hello', task})
`,
  })
  expect(compile()).toBe('')
  const {code, stdout} = await cli.run(['config', 'check', 'documented.aurora.ts', 'imports.aurora.ts'])
  expect({code, stdout}).toEqual({code: 0, stdout: '2 files, 3 jobs: all right\n'})

  writeFileSync(join(cli.home, 'wrong.aurora.ts'), "import {process} from '@auroractl/cli/config'\nprocess({name: 'a', cmdlin: 'b'})\n")
  expect(compile()).toMatch(/wrong\.aurora\.ts\(2,.*'cmdlin' does not exist.*'cmdline'/)
})
