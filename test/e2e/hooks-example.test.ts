/** The commands of docs/hook-kinds.md. */
import {join} from 'node:path'
import {afterAll, beforeAll, expect, it} from 'vitest'
import {Cli, repository, user} from './cli.ts'

const cli = new Cli()
const file = join(repository, 'docs/examples/shop/shop.aurora')
const create = (environment: string) => cli.run(['job', 'create', `devcluster/${user}/${environment}/shop`, file])

beforeAll(async () => {
  await cli.json(['local', 'start'])
})
afterAll(() => cli[Symbol.asyncDispose]())

it('stops everything while the plugin that the project uses is not installed', async () => {
  expect(await create('devel')).toMatchObject({code: 3, stderr: expect.stringContaining("no plugin 'aurora-max-instances' is installed")})
})

it('creates what the project allows, as its own hook amends it, and denies the rest', async () => {
  await cli.json(['plugins', 'link', join(repository, 'docs/examples/max-instances')])
  const devel = await create('devel')
  expect(devel).toMatchObject({code: 0, stderr: expect.stringContaining(`+ config.contact: "${user}@example.com"`)})
  expect(await create('test')).toMatchObject({code: 4, stderr: expect.stringContaining('5 instances; this project allows 3')})
})

it('explains both', async () => {
  const key = `devcluster/${user}/test/shop`
  const {hooks} = await cli.json<{hooks: {name: string; runs: string; with?: object}[]}>(['hooks', 'explain', 'job', 'create', key, file])
  expect(hooks.map(({name, runs, with: given}) => [name, runs, given])).toEqual([
    ['contact', 'yes', undefined],
    ['max-instances', 'yes', {max: 3}],
    ['max-instances', 'no', undefined],
  ])
})
