/** Plugins from a real npm registry: looked at, asked about, installed, updated and removed. */
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {Cli} from './cli.ts'
import {growing, packages, typedPackage} from './packages.ts'
import {Registry} from './registry.ts'

const SLOW = 60_000
const cli = new Cli()
const data = join(cli.home, '.local/share/aurora')
/** Where code writes that must never run. */
const marker = join(cli.home, 'marker')
let registry: Registry

beforeAll(async () => {
  registry = await Registry.start()
  registry.useIn(cli.home)
  const all = [...packages(marker), typedPackage(join(cli.home, 'typed'))]
  await Promise.all(all.map((entry) => registry.publish(cli.home, entry)))
}, SLOW)
afterAll(async () => {
  registry.stop()
  await cli[Symbol.asyncDispose]()
})

const install = (name: string, ...more: string[]) => cli.run(['plugins', 'install', name, ...more])
const installed = async () => (await cli.json<{name: string}[]>(['plugins', '--skip-hooks', 'all'])).map(({name}) => name)
const grants = async () => (await cli.json<{name: string}[]>(['hooks', 'grants', '--skip-hooks', 'all'])).map(({name}) => name)

/** Has a plugin installed for the time of a test. */
async function withPlugin(name: string, test: () => Promise<void>): Promise<void> {
  expect(await install(name, '--yes')).toMatchObject({code: 0})
  try {
    await test()
  } finally {
    expect(await cli.run(['plugins', 'uninstall', name.replace(/(.)@.*/, '$1')])).toMatchObject({code: 0})
  }
}

describe('a package of hooks alone', {timeout: SLOW}, () => {
  it('is shown with its powers and install scripts, and asked about; without an answer nothing is installed', async () => {
    const {code, stderr} = await install('quiet-hooks')
    expect(code).not.toBe(0)
    for (const text of ['quiet-hooks 1.0.0 (sha512-', 'hook quiet', 'runs at pre:hooks.grants', 'read the clock', '--yes'])
      expect(stderr).toContain(text)
    expect(stderr).toMatch(/Install scripts, which are not run/)
    expect(stderr).toMatch(/quiet-hooks@1\.0\.0 preinstall: echo run[\s\S]*noisy-dependency@1\.0\.0 postinstall: echo run/)
    expect(await installed()).toEqual([])
    expect(readdirSync(data).filter((name) => !name.endsWith('.lock'))).toEqual([])
  })

  it('is shown by inspect and by a dry run, and not installed', async () => {
    const report = await cli.json(['plugins', 'inspect', 'quiet-hooks'])
    expect(report).toMatchObject({
      name: 'quiet-hooks',
      version: '1.0.0',
      integrity: expect.stringMatching(/^sha512-/),
      unconfined: [],
      hooks: [{name: 'quiet', needs: {clock: true, store: true}}],
      scripts: expect.arrayContaining([expect.objectContaining({package: 'noisy-dependency@1.0.0', event: 'postinstall'})]),
    })
    const dry = await install('quiet-hooks', '--dry-run')
    expect(dry).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Would install quiet-hooks 1\.0\.0 .*\n {2}.*\+ hook quiet runs at/),
    })
    expect(await installed()).toEqual([])
  })

  it('runs nothing outside the sandbox, when it is installed, loaded or asked', async () => {
    await withPlugin('quiet-hooks', async () => {
      expect(await installed()).toEqual(['quiet-hooks'])
      expect(await cli.run(['hooks', 'grants'])).toMatchObject({code: 4, stderr: expect.stringContaining('quiet says no')})
      expect((await cli.run(['--help'])).code).toBe(0)
      expect((await cli.run(['sneak'])).code).toBe(2)
      expect(existsSync(join(data, 'node_modules/quiet-hooks/node_modules/noisy-dependency'))).toBe(true)
      expect(readdirSync(join(data, 'hook-data'))).toHaveLength(1)
    })
    expect(existsSync(marker)).toBe(false)
    expect(await installed()).toEqual([])
    expect(await grants()).toEqual([])
    expect(readdirSync(join(data, 'hook-data'))).toEqual([])
    expect(existsSync(join(data, 'node_modules/quiet-hooks/node_modules/noisy-dependency'))).toBe(false)
  })

  it('gets nothing by adding code to its package.json later', async () => {
    await withPlugin('quiet-hooks', async () => {
      const file = join(data, 'node_modules/quiet-hooks/package.json')
      const manifest = JSON.parse(readFileSync(file, 'utf8')) as object
      writeFileSync(file, JSON.stringify({...manifest, oclif: {hooks: {init: './main.js'}, commands: './commands'}}))
      const {code, stderr} = await cli.run(['sneak'])
      expect(code).toBe(2)
      expect(stderr).toMatch(
        /plugin quiet-hooks: it brings code that runs outside the sandbox \(hooks, commands\), which was never granted/,
      )
    })
    expect(existsSync(marker)).toBe(false)
  })
})

it('install scripts run when they are allowed, and then alone', {timeout: SLOW}, async () => {
  expect(await install('quiet-hooks', '--yes', '--allow-scripts')).toMatchObject({code: 0})
  expect(readFileSync(marker, 'utf8')).toBe('run\n'.repeat(4))
  writeFileSync(marker, '')
  expect((await cli.run(['plugins', 'uninstall', 'quiet-hooks'])).code).toBe(0)
})

describe('a package with commands', {timeout: SLOW}, () => {
  it('says that they run with all powers of the user, and brings them', async () => {
    const report = await cli.json(['plugins', 'inspect', 'team-tools'])
    expect(report).toMatchObject({
      unconfined: ['commands'],
      commands: ['team greet'],
      changes: {new: expect.arrayContaining(['command team greet'])},
    })
    const {stderr} = await install('team-tools')
    expect(stderr).toMatch(/outside the sandbox, with all your powers/)
    await withPlugin('team-tools', async () => {
      expect(await cli.run(['team', 'greet'])).toMatchObject({code: 0, stdout: '"hello"\n'})
    })
    expect((await cli.run(['team', 'greet'])).code).toBe(2)
  })

  it('and hooks has both', async () => {
    await withPlugin('team-both', async () => {
      expect(await cli.run(['both', 'look'])).toMatchObject({code: 0, stdout: '"looked"\n'})
      expect(await cli.run(['hooks', 'grants'])).toMatchObject({code: 4, stderr: expect.stringContaining('both says no')})
    })
  })

  it('written in TypeScript against our types runs', async () => {
    await withPlugin('typed-plugin', async () => {
      expect(await cli.run(['typed', 'key', 'a/b/c/d'])).toMatchObject({code: 0, stdout: 'a/b/c/d\n'})
      expect((await cli.run(['typed', 'key', 'nonsense'])).code).not.toBe(0)
      expect(await cli.run(['hooks', 'grants'])).toMatchObject({code: 4, stderr: expect.stringContaining('typed hooks.grants')})
    })
  })

  it('with a copy of the SDK of its own gets this one', async () => {
    await withPlugin('own-copy', async () => {
      expect(existsSync(join(data, 'node_modules/own-copy/node_modules/@auroractl/cli/index.js'))).toBe(true)
      const {stdout} = await cli.run(['copy', 'class'])
      expect(JSON.parse(stdout)).toEqual({same: true, where: expect.stringMatching(/dist\/index\.js$/)})
      // Our own host knows the error that the plugin made for one of its own.
      expect(await cli.run(['copy', 'error'])).toMatchObject({code: 6, stdout: '', stderr: 'ours\n'})
    })
  })

  it('that breaks at load is named, and all else goes on', async () => {
    await withPlugin('broken-plugin', async () => {
      const good = await cli.run(['broken', 'good'])
      expect(good).toMatchObject({code: 0, stdout: '"good"\n'})
      expect(good.stderr).toBe(" WARN] plugin broken-plugin: its command 'broken bad' cannot be loaded: broken at load\n")
      await withPlugin('team-tools', async () => {
        expect(await cli.run(['team', 'greet'])).toMatchObject({
          code: 0,
          stdout: '"hello"\n',
          stderr: expect.stringContaining('broken-plugin'),
        })
      })
    })
  })

  it('or an init hook runs it only once it was agreed to', async () => {
    writeFileSync(marker, '')
    const asked = await install('init-hook')
    expect(asked).toMatchObject({code: expect.not.toBeOneOf([0]), stderr: expect.stringContaining('all your powers: hooks')})
    await cli.run(['no', 'command'])
    expect(readFileSync(marker, 'utf8')).toBe('')
    await withPlugin('init-hook', async () => {
      await cli.run(['no', 'command'])
    })
  })
})

it('a hook that hangs denies by its name', {timeout: SLOW}, async () => {
  await withPlugin('hanging-hook', async () => {
    const {code, stderr} = await cli.run(['hooks', 'grants'])
    expect(code).toBe(4)
    expect(stderr).toMatch(/hanging \(plugin hanging-hook\): .*no answer within 1000 ms/)
  })
})

describe('an update', {timeout: SLOW}, () => {
  it('that wants no more is made; one that wants more is asked about, with the difference, and the old one stays without a yes', async () => {
    await withPlugin('growing-hooks', async () => {
      await registry.publish(cli.home, growing('1.0.1', {}))
      expect(await cli.run(['plugins', 'update'])).toMatchObject({code: 0, stdout: 'Updated growing-hooks from 1.0.0 to 1.0.1\n'})
      expect(await cli.run(['plugins', 'update', 'growing-hooks'])).toMatchObject({stdout: 'growing-hooks 1.0.1 is the newest\n'})
      await registry.publish(cli.home, growing('1.1.0', {prompt: true}))
      const declined = await cli.run(['plugins', 'update'])
      expect(declined.code).not.toBe(0)
      expect(declined.stderr).toMatch(/growing-hooks 1\.0\.1 → 1\.1\.0 wants more:\n.*\+ hook grow may ask you questions on the terminal\n/)
      expect(await cli.run(['hooks', 'grants'])).toMatchObject({code: 0, stderr: expect.stringContaining('grown 1.0.1')})
      expect(await cli.json(['plugins', 'update', '--yes'])).toMatchObject([{from: '1.0.1', version: '1.1.0', updated: true}])
      expect(await cli.run(['hooks', 'grants'])).toMatchObject({code: 0, stderr: expect.stringContaining('grown 1.1.0')})
    })
  })
})

describe('what cannot be installed', {timeout: SLOW}, () => {
  it.each([
    ['a name that nobody has', 'nobody-has-this', /npm install failed: .*nobody-has-this/s],
    ['a version that there is not', 'team-tools@9.9.9', /npm install failed/],
    ['a package that is no plugin', 'no-plugin', /the package no-plugin is no plugin/],
    ['a manifest with a mistake', 'wrong-manifest', /did you mean 'job\.kill'/],
    ['a folder', '.', /aurora plugins link \./],
  ])('%s is refused, and nothing is left behind', async (_, spec, says) => {
    const modules = () => readdirSync(join(data, 'node_modules'), {recursive: true})
    const before = modules()
    const {code, stderr} = await install(spec, '--yes')
    expect(code).not.toBe(0)
    expect(stderr).toMatch(says)
    expect(await installed()).toEqual([])
    expect(modules()).toEqual(before)
    expect(existsSync(`${data}.staged`)).toBe(false)
  })
})

it('a plugin whose hooks can no longer be ordered can still be uninstalled', {timeout: SLOW}, async () => {
  await withPlugin('hanging-hook', async () => {
    const file = join(data, 'node_modules/hanging-hook/package.json')
    const entry = {on: ['pre:hooks.grants'], script: 'hooks/hanging.js'}
    const hooks = [
      {...entry, name: 'a', after: ['b']},
      {...entry, name: 'b', after: ['a']},
    ]
    writeFileSync(file, JSON.stringify({name: 'hanging-hook', version: '1.0.0', oclif: {}, aurora: {hooks}}))
    expect(await cli.run(['hooks', 'grants'])).toMatchObject({code: 3, stderr: expect.stringContaining('cannot be ordered')})
  })
  expect(await installed()).toEqual([])
})

it('a tarball is installed as a package of the registry is, and found again by an update', {timeout: SLOW}, async () => {
  const folder = registry.write({...growing('3.0.0', {}), name: 'from-tarball'})
  await registry.npm(cli.home, ['pack', folder, '--pack-destination', cli.home])
  expect(await install('./from-tarball-3.0.0.tgz', '--yes')).toMatchObject({code: 0, stdout: 'Installed from-tarball 3.0.0\n'})
  expect(await cli.run(['hooks', 'grants'])).toMatchObject({code: 0, stderr: expect.stringContaining('grown 3.0.0')})
  expect(await cli.run(['plugins', 'update'])).toMatchObject({stdout: 'from-tarball 3.0.0 is the newest\n'})
  expect((await cli.run(['plugins', 'uninstall', 'from-tarball'])).code).toBe(0)
})
