import {chmodSync, mkdirSync, realpathSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeEach, expect, it} from 'vitest'
import {Cli} from './cli.ts'

const cli = new Cli()
const home = realpathSync(cli.home)
const file = join(home, 'a.aurora')
afterAll(() => cli[Symbol.asyncDispose]())

beforeEach(async () => {
  writeFileSync(file, "print('evaluated')\njobs = [Job(cluster='c', role='r', environment='e', name='n', task=SimpleTask('t', 'echo'))]\n")
  await cli.run(['config', 'cache', 'clear'])
})

const list = (env: NodeJS.ProcessEnv = {}) => cli.run(['config', 'list', file, '--verbose'], {env})
const FROM_CACHE = `${file}: from the cache`

it('evaluates a file once, with the same to see each time', async () => {
  const [first, second] = [await list(), await list()]
  expect(first.stdout).toBe('jobs=[c/r/e/n]\n')
  expect(second.stdout).toBe(first.stdout)
  expect([first.stderr, second.stderr].map((text) => text.includes('evaluated\n'))).toEqual([true, true])
  expect([first.stderr, second.stderr].map((text) => text.includes(FROM_CACHE))).toEqual([false, true])
})

it('serves commands that run at once', async () => {
  const all = await Promise.all([list(), list(), list()])
  expect(all.map(({code, stdout}) => [code, stdout])).toEqual(all.map(() => [0, 'jobs=[c/r/e/n]\n']))
  expect((await list()).stderr).toContain(FROM_CACHE)
  expect(await cli.json(['config', 'cache', 'info'])).toMatchObject({entries: [{file}]})
})

it('does without, if the user wants that or the folder cannot be made', async () => {
  await list()
  expect((await list({AURORA_NO_CACHE: '1'})).stderr).not.toContain('the cache')
  writeFileSync(join(home, 'no-folder'), '')
  const without = await list({XDG_CACHE_HOME: join(home, 'no-folder')})
  expect(without).toMatchObject({code: 0, stdout: 'jobs=[c/r/e/n]\n'})
  expect(without.stderr).toContain(`${file}: not kept: `)
})

it('tells what is kept, and forgets it', async () => {
  const folder = join(cli.home, '.cache/aurora/config')
  expect((await cli.run(['config', 'cache', 'info'])).stdout).toBe(`Nothing is kept in ${folder}\n`)
  await list()
  const {stdout} = await cli.run(['config', 'cache', 'info'])
  expect(stdout).toMatch(/^1 evaluation \(\d\.\d kB\) in /)
  expect(stdout).toMatch(new RegExp(`^  \\d\\.\\d kB  \\d+s ago  ${file}$`, 'm'))
  expect((await cli.run(['config', 'cache', 'clear'])).stdout).toMatch(/^Removed 1 evaluation \(\d\.\d kB\) from /)
  expect((await cli.run(['config', 'cache', 'clear'])).stdout).toBe(`Nothing is kept in ${folder}\n`)
})

it('trusts no folder that others may write', async () => {
  const shared = join(cli.home, 'shared')
  mkdirSync(join(shared, 'aurora/config'), {recursive: true})
  chmodSync(join(shared, 'aurora/config'), 0o777)
  const env = {XDG_CACHE_HOME: shared}
  expect([(await list(env)).stderr, (await list(env)).stderr].some((text) => text.includes(FROM_CACHE))).toBe(false)
})
