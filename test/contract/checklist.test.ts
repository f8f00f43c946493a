/** What every command of ours owes its users, checked on all that are registered. */
import {existsSync, globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import type {Operation} from '@auroractl/cli'
import {readCatalogue} from '../../src/host/catalogue.ts'
import {type CommandManifest, exampleText, ownCommands, words} from '../../scripts/generate/commands.ts'
import {schemaFile} from '../../scripts/generate/markdown.ts'
import {Cli, type Ended, repository} from '../e2e/cli.ts'

const commands = ownCommands(repository)
const named = commands.map((command) => ({command, name: words(command.id)}))
/** What every plugin's modules call an operation, by its name. */
const operations = await definedOperations()
const NONSENSE = '--no-such-option'

const cli = new Cli()
let completion: Promise<string>
beforeAll(() => {
  completion = completionOf('bash')
})
afterAll(() => cli[Symbol.asyncDispose]())

async function completionOf(shell: string): Promise<string> {
  const {code, stderr} = await cli.run(['autocomplete', shell, '--refresh-cache'])
  if (code !== 0) throw new Error(stderr)
  return readFileSync(join(cli.home, `.cache/aurora/autocomplete/functions/${shell}/aurora.${shell}`), 'utf8')
}

async function definedOperations(): Promise<ReadonlyMap<string, Operation>> {
  const files = globSync('plugins/*/src/operations/**/*.ts', {cwd: repository})
  const modules = await Promise.all(files.map((file) => import(join(repository, file)) as Promise<object>))
  const found = modules.flatMap((module) => Object.values(module)).filter(isOperation)
  return new Map(found.map((operation) => [operation.name, operation]))
}

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'reading' in value && 'acting' in value
}

/** Whether it can do more than look. */
function changes(command: CommandManifest): boolean {
  return (operations.get(operationOf(command))?.acting.length ?? 0) > 0
}

function operationOf({id}: CommandManifest): string {
  return id.replaceAll(':', '.')
}

function run(command: CommandManifest, ...args: string[]): Promise<Ended> {
  return cli.run([...command.id.split(':'), ...args])
}

/** The options that a command line uses, long or short, without their values. */
function optionsIn(line: string): string[] {
  return [...line.matchAll(/(?<=\s)(--[a-z][\w-]*|-[a-z])\b/g)].map(([option]) => option)
}

function optionsOf({flags}: CommandManifest): string[] {
  return Object.values(flags).flatMap(({name, char}) => [`--${name}`, ...(char === undefined ? [] : [`-${char}`])])
}

it('walks the commands that there are', () => {
  expect(commands.map(({id}) => id)).toEqual(
    expect.arrayContaining(['job:create', 'job:killall', 'config:list', 'local:start', 'hooks:list']),
  )
})

it('has all operations in the tables of their plugins', () => {
  expect([...operations.keys()].toSorted()).toEqual(Object.keys(readCatalogue().operations).toSorted())
  expect(operations.size).toBeGreaterThan(20)
})

it('knows what each changing operation would do', () => {
  const changing = [...operations.values()].filter(({acting}) => acting.length > 0)
  expect(changing.map(({name}) => name)).toEqual(expect.arrayContaining(['job.create', 'job.kill', 'local.reset', 'config.convert']))
  for (const {name, acting} of changing) expect([name, acting.some(({describe}) => describe)]).toEqual([name, true])
})

describe.each(named)('aurora $name', ({command, name}) => {
  it('says what it does, and what its arguments and options are', () => {
    expect(command.summary).toMatch(/^[A-Z].*\.$/)
    const texts = [...Object.values(command.args).map((arg) => [arg.name, arg.description]), ...flagTexts(command)]
    expect(texts.filter(([, text]) => !text)).toEqual([])
  })

  it('has examples that its options allow', () => {
    const examples = (command.examples ?? []).map((example) => exampleText(command, example))
    expect(examples.length).toBeGreaterThan(0)
    for (const example of examples) {
      expect(`${example} `).toContain(`aurora ${name} `)
      expect(example).not.toContain('<%')
      expect(optionsOf(command)).toEqual(expect.arrayContaining(optionsIn(example)))
    }
  })

  it('is the door of an operation', () => {
    expect([...operations.keys()]).toContain(operationOf(command))
  })

  it('has the options that all have, and those of its kind', () => {
    const ofItsKind = changes(command) ? ['--dry-run'] : []
    expect(optionsOf(command)).toEqual(
      expect.arrayContaining(['--json', '--progress', '--verbose', '--skip-hooks', '--skip-reason', '--hooks', ...ofItsKind]),
    )
  })

  it('has a schema of its result', () => {
    expect(existsSync(join(repository, 'docs/schemas', schemaFile(command.id)))).toBe(true)
  })

  it.concurrent('shows its help', async ({expect}) => {
    const {code, stdout, stderr} = await run(command, '--help')
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
    expect(stdout).toContain(command.summary)
    expect(stdout).toContain(`$ aurora ${name}`)
  })

  it.concurrent('refuses an option that it does not have', async ({expect}) => {
    const {code, stdout, stderr} = await run(command, NONSENSE)
    expect({code, stdout}).toEqual({code: 2, stdout: ''})
    expect(stderr).toContain(`aurora ${name}: error: `)
    expect(stderr).toContain(`See 'aurora ${name} --help'.`)
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  it.concurrent('fails with one JSON document when asked for JSON', async ({expect}) => {
    const {code, stdout} = await run(command, NONSENSE, '--json')
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toEqual({
      error: {code: 'usage', fault: 'user', exitCode: 2, message: expect.stringContaining(name), remedy: expect.stringContaining(name)},
    })
  })

  it('is known to completion, with its options', async () => {
    const line = (await completion).split('\n').find((text) => text.startsWith(`${command.id} `))
    expect(line?.split(' ')).toEqual(expect.arrayContaining(Object.keys(command.flags).map((flag) => `--${flag}`)))
  })
})

function flagTexts({flags}: CommandManifest): [string, string | undefined][] {
  return Object.values(flags).map((flag) => [`--${flag.name}`, flag.summary])
}
