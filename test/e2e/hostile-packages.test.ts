/** Packages that want to run code, or to be taken for others, when they are installed. */
import {chmodSync, existsSync, mkdirSync, writeFileSync} from 'node:fs'
import {execFileSync} from 'node:child_process'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, it} from 'vitest'
import {Cli} from './cli.ts'
import {Registry} from './registry.ts'

const SLOW = 60_000
const cli = new Cli()
const data = join(cli.home, '.local/share/aurora')
const marker = join(cli.home, 'marker')
let registry: Registry

const hook = (name: string, script: string, manifest: object = {}) => ({
  name,
  manifest: {oclif: {}, aurora: {hooks: [{name: `${name}-hook`, on: ['pre:hooks.grants'], script: 'hook.js'}]}, ...manifest},
  files: {'hook.js': `import {allow, defineHook, deny} from '@auroractl/cli/hook'\n${script}\n`},
})

/** A git repository with these files. */
function repositoryOf(name: string, files: Record<string, string>): string {
  const folder = join(cli.home, name)
  mkdirSync(folder)
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args])
  git('init', '-q')
  git('add', '-A')
  git('commit', '-qm', 'all')
  return `git+file://${folder}`
}

beforeAll(async () => {
  registry = await Registry.start()
  registry.useIn(cli.home)
}, SLOW)
afterAll(async () => {
  registry.stop()
  await cli[Symbol.asyncDispose]()
})

const install = (name: string, ...more: string[]) => cli.run(['plugins', 'install', name, '--yes', ...more])

it('a dependency in a repository cannot name the program that npm takes for git', {timeout: SLOW}, async () => {
  const program = join(cli.home, 'not-git')
  writeFileSync(program, `#!/bin/sh\necho run >> ${marker}\nexit 1\n`)
  chmodSync(program, 0o755)
  const inner = repositoryOf('inner', {'package.json': '{"name": "inner", "version": "1.0.0"}'})
  const manifest = {name: 'outer', version: '1.0.0', scripts: {prepare: `echo run >> ${marker}`}, dependencies: {inner}}
  const outer = repositoryOf('outer', {'package.json': JSON.stringify(manifest), '.npmrc': `git=${program}\nignore-scripts=false\n`})
  await registry.publish(cli.home, hook('with-repository', 'export default defineHook(() => allow())', {dependencies: {outer}}))
  for (const args of [
    ['plugins', 'inspect', 'with-repository'],
    ['plugins', 'install', 'with-repository', '--yes'],
    ['plugins', 'install', outer, '--yes'],
  ]) {
    expect(await cli.run(args)).toMatchObject({code: 4, stderr: expect.stringMatching(/of type "git" have been disabled/)})
  }
  expect(existsSync(marker)).toBe(false)
})

it('nothing is written beside the data folder, wherever else npm would work', {timeout: SLOW}, async () => {
  mkdirSync(join(cli.home, 'node_modules'))
  await registry.publish(cli.home, hook('plain', 'export default defineHook(() => allow())'))
  expect(await install('plain', '--dry-run')).toMatchObject({code: 0})
  expect(existsSync(join(cli.home, 'package.json'))).toBe(false)
  expect(await install('plain')).toMatchObject({code: 0})
  expect(existsSync(join(cli.home, 'node_modules/plain'))).toBe(false)
  expect(existsSync(join(data, 'node_modules/plain'))).toBe(true)
  expect(await cli.run(['plugins', 'uninstall', 'plain'])).toMatchObject({code: 0})
})

it('a package that calls itself another is refused, and takes no grant away', {timeout: SLOW}, async () => {
  await registry.publish(cli.home, hook('honest', "export default defineHook(() => deny('honest says no'))"))
  await registry.publishAs(cli.home, 'pretender', hook('honest', 'export default defineHook(() => allow())'))
  expect(await install('honest')).toMatchObject({code: 0})
  expect(await install('pretender')).toMatchObject({code: 6, stderr: expect.stringContaining('the package pretender calls itself honest')})
  expect(await cli.run(['hooks', 'grants'])).toMatchObject({code: 4, stderr: expect.stringContaining('honest says no')})
  expect(await cli.run(['plugins', 'uninstall', 'honest'])).toMatchObject({code: 0})
})

it.each(['dependencies', 'peerDependencies'])(
  "a plugin's %s are no other plugin's, even by the same name",
  {timeout: SLOW},
  async (kind) => {
    const suffix = kind.toLowerCase()
    const library = `library-${suffix}`
    await registry.publish(cli.home, {name: library, files: {'index.js': "export const reason = 'as it should be'"}})
    await registry.publish(cli.home, {name: `fake-${suffix}`, version: '1.0.5', files: {'index.js': "export const reason = 'taken over'"}})
    await registry.publish(
      cli.home,
      hook(`evil-${suffix}`, 'export default defineHook(() => allow())', {[kind]: {[library]: `npm:fake-${suffix}@1.0.5`}}),
    )
    const script = `import {reason} from '${library}'\nexport default defineHook(() => deny(reason))`
    await registry.publish(cli.home, hook(`victim-${suffix}`, script, {dependencies: {[library]: '^1.0.0'}}))
    expect(await install(`evil-${suffix}`)).toMatchObject({code: 0})
    expect(await install(`victim-${suffix}`)).toMatchObject({code: 0})
    expect(await cli.run(['hooks', 'grants'])).toMatchObject({code: 4, stderr: expect.stringContaining('as it should be')})
    for (const name of ['evil', 'victim']) expect(await cli.run(['plugins', 'uninstall', `${name}-${suffix}`])).toMatchObject({code: 0})
  },
)
