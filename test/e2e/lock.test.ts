/** aurora-hooks.lock, and runs that hold to it. */
import {chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import {Cli} from './cli.ts'

const cli = new Cli()
const project = join(cli.home, 'shop')
const plugin = join(cli.home, 'team-guard')
const lock = join(project, 'aurora-hooks.lock')
const ENTRY = {name: 'guard', on: ['pre:hooks.grants'], script: 'hooks/guard.js'}

function write(path: string, content: string | object): void {
  mkdirSync(join(path, '..'), {recursive: true})
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
}

function writePlugin({version = '1.0.0', entry = {}, more = [] as object[]} = {}): void {
  const aurora = {hooks: [{...ENTRY, ...entry}, ...more]}
  write(join(plugin, 'package.json'), {name: 'team-guard', version, type: 'module', oclif: {}, dependencies: {dep: '1.0.0'}, aurora})
}

const run = (args: string[], env: NodeJS.ProcessEnv = {}) => cli.run(args, {cwd: project, env})
/** A command around which the hook runs. */
const frozen = () => run(['hooks', 'grants', '--frozen'])

beforeAll(async () => {
  writePlugin()
  write(
    join(plugin, 'hooks/guard.js'),
    "import {allow} from '@auroractl/cli/hook'\nimport './own.js'\nimport 'dep'\nexport default () => allow()\n",
  )
  write(join(plugin, 'hooks/own.js'), 'export default 1\n')
  write(join(plugin, 'node_modules/dep/package.json'), {name: 'dep', version: '1.0.0', type: 'module', main: 'index.js'})
  write(join(plugin, 'node_modules/dep/index.js'), 'export default 1\n')
  mkdirSync(join(project, '.git'), {recursive: true})
  write(join(project, 'aurora.json'), {hooks: [{name: 'ours', on: ['finally:hooks.grants'], script: 'ours.js'}]})
  write(join(project, 'ours.js'), 'export default () => {}\n')
  await cli.json(['plugins', 'link', plugin])
})
afterAll(() => cli[Symbol.asyncDispose]())

it('without a lock nothing runs frozen', async () => {
  const {code, stderr} = await frozen()
  expect(code).toBe(3)
  expect(stderr).toContain(`There is no lock of the hooks: ${lock}`)
  expect((await run(['hooks', 'grants'])).code).toBe(0)
})

describe('the lock', () => {
  beforeEach(async () => {
    await run(['hooks', 'lock'])
  })

  it('has the hooks of plugins and of the project, the same bytes every time, and no path of this machine', async () => {
    const text = readFileSync(lock, 'utf8')
    expect(JSON.parse(text)).toEqual({
      lockVersion: 1,
      plugins: {
        'team-guard': {
          version: '1.0.0',
          hooks: {guard: {on: ['pre:hooks.grants'], powers: {}, digest: expect.stringMatching(/^sha256-\w{64}$/)}},
        },
      },
      files: {'aurora.json': {hooks: {ours: {on: ['finally:hooks.grants'], powers: {}, digest: expect.stringMatching(/^sha256-/)}}}},
    })
    expect(text).not.toContain(cli.home)
    expect(await run(['hooks', 'lock'])).toMatchObject({code: 0, stdout: `${lock} is up to date: 2 hooks\n`})
    rmSync(lock)
    await run(['hooks', 'lock'])
    expect(readFileSync(lock, 'utf8')).toBe(text)
  })

  it('is held to by a flag and by the environment', async () => {
    expect((await frozen()).code).toBe(0)
    writePlugin({version: '1.0.1'})
    expect((await run(['hooks', 'grants'])).code).toBe(0)
    expect((await run(['hooks', 'grants'], {AURORA_FROZEN: '1'})).code).toBe(3)
    writePlugin()
  })

  it('counts only what would run', async () => {
    writePlugin({version: '2.0.0'})
    expect((await run(['hooks', 'list', '--frozen'])).code).toBe(0)
    writePlugin()
  })

  const text = (path: string, content: string) => () => {
    const before = readFileSync(path, 'utf8')
    writeFileSync(path, content)
    return () => writeFileSync(path, before)
  }
  const manifest = (changes: Parameters<typeof writePlugin>[0]) => () => {
    writePlugin(changes)
    return () => writePlugin()
  }
  it.each<[string, () => () => void, string]>([
    ['another version', manifest({version: '1.1.0'}), 'plugin team-guard: version 1.0.0 is locked, 1.1.0 is here'],
    [
      'other code',
      text(join(plugin, 'hooks/own.js'), 'export default 2\n'),
      'plugin team-guard: hook guard: its code or its entry has changed',
    ],
    ['other code of a package', text(join(plugin, 'node_modules/dep/index.js'), 'export default 2\n'), 'its code or its entry has changed'],
    [
      'the same files of a package, put together in another way',
      text(
        join(plugin, 'node_modules/dep/package.json'),
        '{"name": "dep", "version": "1.0.0", "type": "module", "main": "index.js", "sideEffects": false}',
      ),
      'its code or its entry has changed',
    ],
    ['an entry that fails softly', manifest({entry: {onFailure: 'ignore'}}), 'its code or its entry has changed'],
    ['more powers', manifest({entry: {needs: {clock: true}}}), 'hook guard also wants to read the clock'],
    ['a further hook', manifest({more: [{...ENTRY, name: 'more'}]}), 'plugin team-guard: hook more is here and not locked'],
    ['other code of the project', text(join(project, 'ours.js'), 'export default () => 1\n'), 'file aurora.json: hook ours: its code'],
    ['no hook of the project', text(join(project, 'aurora.json'), '{"hooks": []}'), 'file aurora.json: hook ours is locked and not here'],
    ['a script that cannot be read', manifest({entry: {script: 'hooks/none.js'}}), 'cannot be compared'],
  ])('refuses %s', async (_, change, says) => {
    const restore = change()
    try {
      const {code, stderr} = await frozen()
      expect(code).toBe(3)
      expect(stderr).toContain(says)
    } finally {
      restore()
    }
    expect((await frozen()).code).toBe(0)
  })

  it('refuses a plugin that is missing, and grants nothing to one that is there', async () => {
    await cli.json(['plugins', 'unlink', 'team-guard'])
    expect(await frozen()).toMatchObject({code: 3, stderr: expect.stringContaining('plugin team-guard: hook guard is locked and not here')})
    await cli.json(['plugins', 'link', plugin])
    await cli.json(['hooks', 'revoke', 'team-guard'])
    expect(await frozen()).toMatchObject({code: 4, stderr: expect.stringContaining('it is not granted')})
    await cli.json(['hooks', 'grant', 'team-guard', '--yes'])
    expect((await frozen()).code).toBe(0)
  })

  it('holds by AURORA_FROZEN unless that clearly says no', async () => {
    const restore = text(join(plugin, 'hooks/own.js'), 'export default 2\n')()
    const codeWith = async (AURORA_FROZEN: string) => (await run(['hooks', 'grants'], {AURORA_FROZEN})).code
    for (const yes of ['1', 'true', 'on', 'enabled']) expect([yes, await codeWith(yes)]).toEqual([yes, 3])
    for (const no of ['0', 'off', '']) expect([no, await codeWith(no)]).toEqual([no, 0])
    restore()
  })

  it('that cannot be read is named', async () => {
    for (const content of ['{', '{"lockVersion": 2}', '{"lockVersion": 1, "plugins": {}, "files": {"a": {"hooks": {"b": 1}}}}']) {
      writeFileSync(lock, content)
      expect(await frozen()).toMatchObject({code: 3, stderr: expect.stringContaining(`cannot be read: ${lock}`)})
    }
    writeFileSync(lock, '{"lockVersion": 1, "plugins": {}, "files": {}}')
    chmodSync(lock, 0o666)
    expect(await frozen()).toMatchObject({code: 3, stderr: expect.stringContaining('it can be written by every user')})
    rmSync(lock)
  })
})
