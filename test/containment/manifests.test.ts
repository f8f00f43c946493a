import {mkdir, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {inspectPlugin} from '../../src/hook/inspect-plugin.ts'
import {KILL, OPERATIONS} from '../hook/fixture.ts'
import {powered} from './powered.ts'
import type {Stage} from './stage.ts'

const on = powered()

const GUARD = {name: 'guard', on: ['pre:job.kill'], script: 'guard.js'}
const denying = (why: string) => `export default () => ({decision: 'deny', reason: '${why}'})`
const reasons = async (options: Parameters<Stage['run']>[0] = {}) =>
  (await on.stage.run(options)).failures.map(({hook, source, reason}) => `${hook} (${source}): ${reason}`)

/** Each is granted, as far as it can be, and asked. */
const lies: Record<string, {hooks: unknown; files?: Record<string, string>; says: RegExp[]}> = {
  'whose script lies above its folder': {
    hooks: [{...GUARD, script: '../../secrets/secret.js'}],
    says: [/^guard \(plugin liar\): .*lies outside the plugin's folder/],
  },
  'whose script is an absolute path': {hooks: [{...GUARD, script: '/etc/passwd.js'}], says: [/^guard \(plugin liar\): there is no file/]},
  'whose script is a web address': {
    hooks: [{...GUARD, script: 'https://127.0.0.1/x.js'}],
    says: [/^guard \(plugin liar\): there is no file/],
  },
  'whose script is a path of a hundred thousand folders': {
    hooks: [{...GUARD, script: `${'a/'.repeat(100_000)}x.js`}],
    says: [],
  },
  'whose script has a null byte': {hooks: [{...GUARD, script: 'guard.js\0.js'}], says: [/^guard \(plugin liar\): there is no file/]},
  'whose script is none': {hooks: [{...GUARD, script: 'package.json'}], says: []},
  'whose script is a number': {hooks: [{...GUARD, script: 7}], says: []},
  'with a hook for every name there is': {hooks: [{...GUARD, on: ['pre:*']}], says: []},
  'with a point of what objects inherit': {
    hooks: [{...GUARD, on: ['pre:constructor', 'constructor:job.kill', '__proto__:job.kill', 'pre:__proto__']}],
    says: [],
  },
  'with a name of another language': {hooks: [{...GUARD, name: 'gu\u0430rd'}], says: []},
  'with a name that drives the terminal': {hooks: [{...GUARD, name: '\u001B[2Jguard'}], says: []},
  'with the name all': {hooks: [{...GUARD, name: 'all'}], says: []},
  'with a name of a megabyte': {hooks: [{...GUARD, name: 'x'.repeat(900_000)}], says: []},
  'with hooks that are no list': {hooks: {length: 1, 0: GUARD}, says: []},
  'with hooks that are null': {hooks: [null, 1, 'x', []], says: []},
  'with a time limit of a year': {hooks: [{...GUARD, timeout: '365d'}], says: []},
  'with a time limit of nothing': {hooks: [{...GUARD, timeout: '0s'}], says: []},
  'with a power that does not exist': {hooks: [{...GUARD, needs: {root: true}}], says: []},
  'with a power that is a prototype': {
    hooks: [{...GUARD, needs: JSON.parse('{"__proto__": {"prompt": true}, "constructor": true}') as object}],
    says: [],
  },
  'with a condition of another type': {hooks: [{...GUARD, when: {environment: {prod: true}}}], says: []},
  'with a condition that takes for ever to match': {
    hooks: [{...GUARD, when: {name: [`${'*h'.repeat(20_000)}x`, 'h*'.repeat(10_000), '*e*l*l*o']}}],
    files: {'guard.js': denying('matched')},
    says: [/^guard \(plugin liar\): matched$/],
  },
  'with an order around everybody': {
    hooks: [{...GUARD, before: Array.from({length: 20_000}, (_, i) => `h${i}`), after: ['guard']}],
    files: {'guard.js': denying('x')},
    says: [],
  },
}

describe('a manifest', () => {
  it.each(Object.entries(lies))('%s', async (_name, {hooks, files = {}, says}) => {
    await on.stage.link({name: 'honest', hooks: [{...GUARD, name: 'honest', script: 'h.js'}], files: {'h.js': denying('honest')}})
    await on.stage.link({name: 'liar', hooks, files: {'guard.js': denying('lied'), ...files}})
    const told = await reasons().catch((error: Error) => [error.message])
    if (told.length === 1 && /cannot be ordered/.test(told[0] ?? '')) return
    expect(told[0]).toBe('honest (plugin honest): honest')
    expect(told.slice(1)).toEqual(says.map((text) => expect.stringMatching(text)))
    for (const text of told) expect(text.length).toBeLessThan(5_000)
    expect(on.stage.home.logs().some((line) => line.includes('plugin liar: '))).toBe(says.length === 0)
    for (const line of on.stage.home.logs()) expect(line.length).toBeLessThan(5_000)
  })

  it('with ten thousand hooks is refused as a whole, and denies what it was granted for', async () => {
    await on.stage.link({name: 'many', hooks: [GUARD], files: {'guard.js': denying('one')}})
    const hooks = Array.from({length: 10_000}, (_, i) => ({...GUARD, name: `h${i}`, after: [`h${i + 1}`]}))
    await on.stage.home.write({name: 'many', hooks: [GUARD, ...hooks]})
    expect(await reasons()).toEqual([expect.stringMatching(/^guard \(plugin many\): its manifest is not valid: .*10001 hooks/)])
  })

  it('of two megabytes is not read', async () => {
    await on.stage.link({name: 'huge', hooks: [GUARD], files: {'guard.js': denying('one')}})
    await on.stage.home.write({name: 'huge', hooks: [GUARD], files: {'package.json': JSON.stringify({name: 'huge', x: 'x'.repeat(2e6)})}})
    expect(await reasons()).toEqual([
      expect.stringMatching(/^guard \(plugin huge\): its plugin cannot be read: .*larger than 1000000 bytes/),
    ])
  })

  it('that is a device is not read', async () => {
    await on.stage.link({name: 'endless', hooks: [GUARD], files: {'guard.js': denying('one')}})
    const manifest = join(on.stage.home.root('endless'), 'package.json')
    await writeFile(manifest, '')
    const {rm} = await import('node:fs/promises')
    await rm(manifest)
    await symlink('/dev/zero', manifest)
    expect(await reasons()).toEqual([expect.stringMatching(/^guard \(plugin endless\): its plugin cannot be read: /)])
  })

  it('with operations that are prototypes changes none of ours', async () => {
    const operations = JSON.parse(
      '{"__proto__": {"calls": ["job.kill"]}, "constructor": {"calls": ["job.kill"]}, "job.kill": {"calls": ["job.kill"]}}',
    ) as object
    await on.stage.link({name: 'operator', hooks: [GUARD], operations, files: {'guard.js': denying('asked')}})
    expect(await reasons()).toEqual(['guard (plugin operator): asked'])
    expect(Object.hasOwn(OPERATIONS, '__proto__')).toBe(false)
  })

  it('with an operation of another plugin takes no hooks from what that calls', async () => {
    await on.stage.link({name: 'guarding', hooks: [{...GUARD, on: ['pre:job.kill']}], files: {'guard.js': denying('asked')}})
    await on.stage.link({name: 'releases', hooks: [], operations: {'team.release': {calls: ['job.kill']}}})
    await on.stage.link({name: 'liar', hooks: [], operations: {'team.release': {}}})
    const {failures} = await (await on.stage.home.chain()).run('pre', {...KILL, operation: 'team.release'})
    expect(failures).toEqual([{hook: 'guard', source: 'plugin guarding', reason: 'asked'}])
  })

  it('with operations that call each other in a circle ends', async () => {
    const operations = Object.fromEntries(
      Array.from({length: 500}, (_, i) => [`x.o${i}`, {calls: [`x.o${(i + 1) % 500}`, `x.o${(i * 7) % 500}`]}]),
    )
    await on.stage.link({name: 'circle', hooks: [GUARD], operations, files: {'guard.js': denying('asked')}})
    expect(await reasons()).toEqual(['guard (plugin circle): asked'])
  })
})

describe('a name', () => {
  it('of another plugin, in a folder elsewhere, has nothing of its grants', async () => {
    await on.stage.link({name: 'team', hooks: [{...GUARD, needs: {prompt: true}}], files: {'guard.js': denying('the real one')}})
    const root = join(on.stage.home.dataDir, 'elsewhere')
    await mkdir(root)
    await writeFile(
      join(root, 'package.json'),
      JSON.stringify({name: 'team', version: '1.0.0', oclif: {}, aurora: {hooks: [{...GUARD, needs: {prompt: true}}]}}),
    )
    await writeFile(join(root, 'guard.js'), denying('the false one'))
    await writeFile(
      join(on.stage.home.dataDir, 'package.json'),
      JSON.stringify({oclif: {schema: 1, plugins: [{name: 'team', root, type: 'link'}]}}),
    )
    expect(await reasons()).toEqual([
      expect.stringMatching(/^guard \(plugin team\): it is not granted: what was granted is a plugin of the same name in /),
    ])
  })

  it.each(['../../etc', '__proto__', '.', 'a/b/c', '@x', ' ', '\u001B[2J', 'x'.repeat(300_000)])(
    'of a package that is %j is none',
    async (name) => {
      const manifest = JSON.stringify({name, version: '1.0.0', oclif: {}, aurora: {hooks: [GUARD]}})
      await on.stage.home.write({name: 'named', hooks: [], files: {'package.json': manifest, 'guard.js': denying('x')}})
      await expect(inspectPlugin(on.stage.home.root('named'), OPERATIONS)).rejects.toThrow(/package\.json has no valid name/)
    },
  )

  it('that two hooks of two plugins have denies twice, each for itself', async () => {
    await on.stage.link({name: 'first', hooks: [GUARD], files: {'guard.js': denying('first')}})
    await on.stage.link({name: 'second', hooks: [GUARD], files: {'guard.js': 'export default () => ({decision: "allow"})'}})
    expect(await reasons()).toEqual(['guard (plugin first): first'])
  })

  it('that two hooks of one plugin have is told', async () => {
    await on.stage.link({name: 'twice', hooks: [GUARD], files: {'guard.js': denying('one'), 'other.js': denying('two')}})
    await on.stage.home.write({name: 'twice', hooks: [GUARD, {...GUARD, script: 'other.js'}]})
    expect(await reasons()).toEqual(['guard (plugin twice): one'])
    expect(on.stage.home.logs()).toEqual(["warn plugin twice: hook 'guard': another hook has the same name"])
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is a name like any other', async (name) => {
    await on.stage.link({name: 'odd', hooks: [{...GUARD, name: name.replaceAll('_', 'x')}], files: {'guard.js': denying('asked')}})
    expect(await reasons()).toEqual([`${name.replaceAll('_', 'x')} (plugin odd): asked`])
  })
})

describe('a file of a project that was cloned', () => {
  const within = async (entries: unknown[], files: Record<string, string> = {}) => {
    const project = join(on.stage.home.dataDir, 'clone')
    await mkdir(join(project, '.git'), {recursive: true})
    await writeFile(join(project, 'aurora.json'), JSON.stringify({hooks: entries}))
    for (const [name, text] of Object.entries(files)) await writeFile(join(project, name), text)
    return {files: {folders: [project], home: '/home/nobody', given: [], policyFolder: join(project, 'none')}}
  }

  it('cannot put its code in the place of a plugin’s hook by its name', async () => {
    await on.stage.link({
      name: 'team',
      hooks: [GUARD, {name: 'lenient', on: ['pre:job.kill'], script: 'lenient.js'}],
      files: {'guard.js': denying('guarded'), 'lenient.js': 'export default () => ({decision: "allow"})'},
    })
    expect(await reasons(await within([{use: 'team/lenient', name: 'guard'}]))).toEqual(['guard (plugin team): guarded'])
  })

  it('cannot take the name and the isolate of a plugin', async () => {
    await on.stage.link({name: 'team', hooks: [GUARD], files: {'guard.js': denying('guarded')}})
    const own = {...GUARD, script: 'own.js'}
    const told = await reasons(
      await within([own], {'own.js': 'globalThis.leak = Object.prototype.leak = 1; export default () => ({decision: "allow"})'}),
    )
    expect(told).toEqual(['guard (plugin team): guarded'])
  })

  it('gets no power by asking', async () => {
    const options = await within([{...GUARD, needs: {prompt: true}}], {'guard.js': 'export default (ctx) => ctx.prompt.confirm("?")'})
    expect(await reasons(options)).toEqual([expect.stringMatching(/it is not granted/)])
    expect(on.stage.home.questions).toEqual([])
  })

  it('reads no script outside of itself', async () => {
    const options = await within([{...GUARD, script: '../secrets/secret.js'}])
    expect(await reasons(options)).toEqual([expect.stringMatching(/lies outside/)])
  })

  it('uses no hook that was not granted', async () => {
    await on.stage.home.write({name: 'unknown', hooks: [GUARD], files: {'guard.js': denying('x')}})
    expect((await reasons(await within([{use: 'unknown/guard'}])).catch((error: Error) => [error.message])).join()).toMatch(/unknown/)
    expect(on.stage.sent).toBeUndefined()
  })

  it('of aliases that multiply is refused', async () => {
    const project = join(on.stage.home.dataDir, 'laughs')
    await mkdir(join(project, '.git'), {recursive: true})
    const lines = [
      'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
      ...Array.from({length: 12}, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`),
    ]
    await writeFile(join(project, 'aurora.yaml'), `hooks: []\n${lines.join('\n')}\n`)
    const files = {folders: [project], home: '/home/nobody', given: [], policyFolder: join(project, 'none')}
    await expect(on.stage.run({files})).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(/aurora\.yaml cannot be used/),
    })
  })
})
