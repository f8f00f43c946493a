import {mkdtemp, readdir, rm, stat, writeFile} from 'node:fs/promises'
import {execFile} from 'node:child_process'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {fileGrant, fileNotGranted, grantFile, grantPlugin, notGranted, readGrants, revoke} from '../../src/hook/grants.ts'
import type {HookDeclaration} from '../../src/hook/manifest.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'aurora-grants-'))
})
afterEach(() => rm(home, {recursive: true}))

const HOOK: HookDeclaration = {
  name: 'guard',
  on: [{phase: 'pre', operation: 'job.kill'}],
  script: 'guard.js',
  when: {},
  needs: {prompt: true},
  before: [],
  after: [],
  timeoutMs: 5_000,
  onFailure: 'deny',
}
const plugin = (hooks = [HOOK]) => ({name: 'team', root: '/plugins/team', version: '1.0.0', hooks})
const why = async (hook: HookDeclaration, root = '/plugins/team') => notGranted((await readGrants(home)).get('team'), root, hook)

describe('grants', () => {
  it('are none without a file', async () => {
    expect(await readGrants(home)).toEqual(new Map())
    expect(await why(HOOK)).toBe('its plugin was never granted anything')
  })

  it('are kept for the user alone, whole', async () => {
    const folder = join(home, 'new')
    await grantPlugin(folder, plugin())
    expect((await stat(join(folder, 'grants.json'))).mode & 0o777).toBe(0o600)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect((await readdir(folder)).sort()).toEqual(['grants.json', 'grants.lock'])
  })

  it('hold for what was granted and for less', async () => {
    await grantPlugin(home, plugin())
    expect(await why(HOOK)).toBeUndefined()
    expect(await why({...HOOK, needs: {}, timeoutMs: 1_000})).toBeUndefined()
  })

  it('do not hold for more', async () => {
    await grantPlugin(home, plugin([{...HOOK, needs: {}}]))
    expect(await why(HOOK)).toBe('this version also wants to ask you questions on the terminal')
    expect(await why({...HOOK, needs: {}, on: [...HOOK.on, {phase: 'amend', operation: 'job.kill'}]})).toBe(
      'this version also wants to run at amend:job.kill',
    )
    const prod = {...HOOK, when: {environment: ['prod', 'staging']}}
    await grantPlugin(home, plugin([prod]))
    expect(await why({...HOOK, when: {environment: ['prod'], role: ['www']}})).toBeUndefined()
    expect(await why(HOOK)).toBe('this version also wants to run for more jobs than were granted')
    expect(await why({...HOOK, when: {environment: ['prod*']}})).toMatch(/more jobs/)
    expect(await why({...HOOK, name: 'other', needs: {}})).toBe('it is new in this version of the plugin')
    expect(await why({...HOOK, name: 'toString', needs: {}})).toBe('it is new in this version of the plugin')
    expect(await why({...HOOK, needs: {}}, '/elsewhere/team')).toMatch(/plugin of the same name in \/plugins\/team/)
  })

  it('are refreshed by another grant and forgotten when revoked', async () => {
    await grantPlugin(home, plugin([]))
    await grantPlugin(home, {...plugin(), name: 'other'})
    await grantPlugin(home, plugin())
    expect(await why(HOOK)).toBeUndefined()
    expect(await revoke(home, 'plugins', 'team')).toBe(true)
    expect(await revoke(home, 'plugins', 'team')).toBe(false)
    expect([...(await readGrants(home)).keys()]).toEqual(['other'])
  })

  it('of one hook can be taken back, until all are granted again', async () => {
    const other = {...HOOK, name: 'other'}
    await grantPlugin(home, plugin([HOOK, other]))
    expect(await revoke(home, 'plugins', 'team', 'guard')).toBe(true)
    expect(await revoke(home, 'plugins', 'team', 'guard')).toBe(false)
    expect(await why(HOOK)).toBe('its grant was taken back')
    expect(await why(other)).toBeUndefined()
    await grantPlugin(home, plugin([HOOK, other]))
    expect(await why(HOOK)).toBeUndefined()
  })

  it('given by several processes at one moment are all kept', async () => {
    const source = new URL('../../src/hook/grants.ts', import.meta.url).href
    const give = (name: string) =>
      `const {grantPlugin} = await import('${source}'); await grantPlugin('${home}', {name: '${name}', root: '/', version: '1', hooks: []})`
    const names = ['a', 'b', 'c', 'd']
    await Promise.all([
      ...names.map((name) => promisify(execFile)(process.execPath, ['--input-type=module', '-e', give(name)])),
      ...names.map((name) => grantPlugin(home, {...plugin(), name: `own-${name}`})),
    ])
    expect([...(await readGrants(home)).keys()].sort()).toEqual([...names, ...names.map((name) => `own-${name}`)])
  })

  it.each([
    '{',
    'null',
    '[]',
    '{"version": 2, "plugins": {}}',
    '{"version": 1, "plugins": {"a": {}}}',
    '{"version": 1, "plugins": {"a": {"hooks": {"b": {}}}}}',
  ])('cannot be read from %s', async (text) => {
    await writeFile(join(home, 'grants.json'), text)
    await expect(readGrants(home)).rejects.toThrow(/cannot be read/)
    await expect(grantPlugin(home, plugin())).rejects.toThrow(/cannot be read/)
  })
})

describe('grants of files', () => {
  const path = '/project/aurora.yaml'
  const whyFile = async (asked: Parameters<typeof fileNotGranted>[1]) => fileNotGranted(await fileGrant(home, path), asked)

  it('hold for the content that was granted, its powers and its hooks', async () => {
    expect(await whyFile({digest: '1'})).toBe('its file was never granted anything')
    await grantFile(home, {path, digest: '1', powers: {prompt: true}, hooks: [HOOK]})
    expect(await whyFile({digest: '1', powers: {prompt: true}, hook: HOOK})).toBeUndefined()
    expect(await whyFile({digest: '2'})).toBe('its file has changed since it was granted')
    expect(await whyFile({digest: '1', hook: {...HOOK, name: 'other'}})).toBe('it is new in this content of its file')
    expect(await revoke(home, 'files', path)).toBe(true)
    expect(await whyFile({digest: '1'})).toBe('its file was never granted anything')
  })

  it('do not hold for more powers, and leave those of plugins alone', async () => {
    await grantPlugin(home, plugin())
    await grantFile(home, {path, digest: '1'})
    expect(await whyFile({digest: '1', powers: {prompt: true}})).toBe('its file also wants to ask you questions on the terminal')
    expect(await why(HOOK)).toBeUndefined()
  })
})
