/** What changes the user's own files is recorded, too, and gone on with when it was cut short. */
import {cpSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, it} from 'vitest'
import {Cli, repository} from './cli.ts'
import {killed} from './killed.ts'

interface Run {
  id: string
  status: string
}
interface Shown {
  changes: {name: string; state: string}[]
}

const cli = new Cli()
const plugin = join(cli.home, 'no-prod-kill')
const project = join(cli.home, 'project')

beforeAll(() => {
  cpSync(join(repository, 'docs/examples/no-prod-kill'), plugin, {recursive: true})
  mkdirSync(project)
  writeFileSync(
    join(cli.home, 'aurora.json'),
    JSON.stringify({hooks: [{name: 'guard', on: ['pre:job.kill'], script: 'guard.js', needs: {prompt: true}}]}),
  )
  writeFileSync(join(cli.home, 'guard.js'), 'export default () => undefined')
})
afterAll(() => cli[Symbol.asyncDispose]())

const grants = () => cli.json<{plugins: {name: string; hooks: object[]}[]}>(['hooks', 'grants'])
const plugins = async () => (await cli.json<{name: string}[]>(['plugins'])).map(({name}) => name)

/** In an order in which each finds what it needs. */
const CHANGES = [
  {args: ['plugins', 'link', plugin], change: 'aurora-no-prod-kill was linked', done: async () => (await plugins()).length === 1},
  {
    args: ['hooks', 'revoke', 'aurora-no-prod-kill'],
    change: 'what aurora-no-prod-kill was granted was taken back',
    done: async () => !JSON.stringify(await grants()).includes('aurora-no-prod-kill'),
  },
  {
    args: ['hooks', 'grant', 'aurora-no-prod-kill', '--yes'],
    change: 'aurora-no-prod-kill 1.0.0 was granted what it asks for',
    done: async () => JSON.stringify(await grants()).includes('aurora-no-prod-kill'),
  },
  {
    args: ['hooks', 'grant', './aurora.json', '--yes'],
    change: `${join(cli.home, 'aurora.json')} was granted`,
    done: async () => JSON.stringify(await grants()).includes('aurora.json'),
  },
  {
    args: ['hooks', 'lock'],
    change: `${join(cli.home, 'aurora-hooks.lock')} was written`,
    done: () => existsSync(join(cli.home, 'aurora-hooks.lock')),
  },
  {
    args: ['hooks', 'new', 'fresh', '--on', 'pre:job.kill', '--folder', 'fresh'],
    change: 'fresh was made',
    done: () => readFileSync(join(cli.home, 'fresh/package.json'), 'utf8').includes('fresh'),
  },
  {
    args: ['plugins', 'unlink', 'aurora-no-prod-kill'],
    change: 'aurora-no-prod-kill was unlinked',
    done: async () => (await plugins()).length === 0,
  },
]

it.each(CHANGES)('$args', async ({args, change, done}) => {
  for (const point of ['after effect.intended', 'before effect.done']) {
    expect(await killed(cli, args, point)).toMatchObject({signal: 'SIGKILL'})
    const [run] = await cli.json<Run[]>(['runs', 'list'])
    expect(run).toMatchObject({status: 'interrupted'})
    const id = run?.id ?? ''
    expect((await cli.json<Shown>(['runs', 'show', id])).changes).toEqual([expect.objectContaining({name: change, state: 'in-doubt'})])
    // The first is killed before the change, the second after it: only the former is there to be made.
    if (point === 'after effect.intended') continue
    const resumed = await cli.run(['runs', 'resume', id, '--yes'])
    expect(resumed).toMatchObject({code: 0})
    expect(resumed.stderr).not.toContain('It did not happen')
    expect((await cli.json<Shown>(['runs', 'show', id])).changes).toEqual([expect.objectContaining({name: change, state: 'done'})])
    expect(await done()).toBe(true)
  }
})
