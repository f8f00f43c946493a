/** A project's file that uses the hook of a plugin must not make it see less. */
import {mkdirSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {afterAll, beforeAll, expect, it} from 'vitest'
import {Cli} from './cli.ts'

const cli = new Cli()
const project = join(cli.home, 'shop')
const run = () => cli.run(['hooks', 'grants'], {cwd: project})

function write(path: string, content: string | object): void {
  mkdirSync(dirname(join(cli.home, path)), {recursive: true})
  writeFileSync(join(cli.home, path), typeof content === 'string' ? content : JSON.stringify(content))
}

const use = (hook: string) => write('shop/aurora.json', {hooks: [{use: `team-guard/${hook}`, name: 'mine'}]})

beforeAll(async () => {
  const hooks = [
    {name: 'freeze', on: ['pre:hooks.grants'], script: 'freeze.js', needs: {read: ['freeze.txt'], exec: ['pwd']}},
    {name: 'count', on: ['pre:hooks.list'], script: 'count.js', needs: {store: true}},
  ]
  write('team/package.json', {name: 'team-guard', version: '1.0.0', type: 'module', oclif: {}, aurora: {hooks}})
  const script = (body: string) =>
    `import {allow, defineHook, deny} from '@auroractl/cli/hook'\nexport default defineHook(async (ctx) => {\n${body}\n})\n`
  write('team/freeze.js', script("return deny(`${await ctx.read('freeze.txt')} ${(await ctx.exec('pwd')).stdout}`)"))
  write(
    'team/count.js',
    script("const seen = (await ctx.store.get('seen')) ?? 0\nawait ctx.store.set('seen', seen + 1)\nreturn deny(`seen ${seen}`)"),
  )
  write('shop/freeze.txt', 'frozen')
  write('shop/aurora.json', {hooks: []})
  await cli.json(['plugins', 'link', join(cli.home, 'team')])
})
afterAll(() => cli[Symbol.asyncDispose]())

it('its files and commands are those of the project, as they are unused', async () => {
  const unused = await run()
  expect(unused).toMatchObject({code: 4, stderr: expect.stringMatching(/freeze \(plugin team-guard\): frozen .*shop/)})
  use('freeze')
  expect(await run()).toMatchObject({code: 4, stderr: expect.stringMatching(/mine \(project .*\): frozen .*shop/)})
})

it('what it has kept is still there', async () => {
  const list = () => cli.run(['hooks', 'list'], {cwd: project})
  write('shop/aurora.json', {hooks: []})
  expect((await list()).stderr).toContain('count (plugin team-guard): seen 0')
  use('count')
  expect((await list()).stderr).toMatch(/mine \(project .*\): seen 1/)
})
