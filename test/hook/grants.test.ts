import {mkdtemp, readdir, rm, stat, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {grantPlugin, notGranted, readGrants, revokePlugin} from '../../src/hook/grants.ts'
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
    expect(await readdir(folder)).toEqual(['grants.json'])
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
    expect(await why({...HOOK, name: 'other', needs: {}})).toBe('it is new in this version of the plugin')
    expect(await why({...HOOK, name: 'toString', needs: {}})).toBe('it is new in this version of the plugin')
    expect(await why({...HOOK, needs: {}}, '/elsewhere/team')).toMatch(/plugin of the same name in \/plugins\/team/)
  })

  it('are refreshed by another grant and forgotten when revoked', async () => {
    await grantPlugin(home, plugin([]))
    await grantPlugin(home, {...plugin(), name: 'other'})
    await grantPlugin(home, plugin())
    expect(await why(HOOK)).toBeUndefined()
    await revokePlugin(home, 'team')
    expect([...(await readGrants(home)).keys()]).toEqual(['other'])
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
