import {readdir, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {removeStore} from '../../../src/hook/capabilities/store/store-file.ts'
import {KILL} from '../fixture.ts'
import {hookBodies} from './ask-hook.ts'

const bodies = hookBodies()
const {uses} = bodies
const ask = (body: string, options: Parameters<typeof bodies.ask>[1] = {}) => bodies.ask(body, {needs: {store: true}, ...options})
const folder = () => join(bodies.home.dataDir, 'hook-data')

describe('store', () => {
  it('keeps data between runs', async () => {
    expect(await ask("return tell([(await ctx.store.get('a')) === undefined, await ctx.store.keys()])")).toEqual([true, []])
    await ask(
      "await ctx.store.set('a', {n: [1, null]}); await ctx.store.set('b', null); await ctx.store.set('c', 1); await ctx.store.delete('c')",
    )
    expect(await ask("return tell([await ctx.store.get('a'), await ctx.store.get('b'), await ctx.store.keys()])")).toEqual([
      {n: [1, null]},
      null,
      ['a', 'b'],
    ])
    expect(uses('store').map(({text}) => text)).toContain("keep 'a' in the hook's store")
  })

  it('is for the user alone', async () => {
    await ask("await ctx.store.set('a', 1)")
    const [file = ''] = await readdir(folder())
    expect((await stat(join(folder(), file))).mode & 0o777).toBe(0o600)
    expect((await stat(folder())).mode & 0o777).toBe(0o700)
  })

  it('is of one plugin, whatever another one says it is', async () => {
    const {home} = bodies
    const guard = (code: string) => `export default async (ctx) => { ${code} }`
    const needs = {store: true}
    await home.linkHook(guard("await ctx.store.set('team', 'a')"), {needs, name: 'a'}, 'team-a')
    await home.linkHook(guard("ctx.log.info(String(await ctx.store.get('team')))"), {needs, name: 'b'}, 'team-b')
    await home.linkHook(guard("ctx.log.info(String(await ctx.store.get('team')))"), {needs, name: 'a-two'}, 'team-c')
    await home.ask()
    expect(home.logs()).toEqual(['info undefined', 'info undefined'])
  })

  it('goes when its plugin goes', async () => {
    await ask("await ctx.store.set('a', 1)")
    await removeStore(bodies.home.dataDir, 'another')
    expect(await readdir(folder())).toHaveLength(1)
    await removeStore(bodies.home.dataDir, 'team')
    expect(await readdir(folder())).toEqual([])
    expect(await ask('return tell(await ctx.store.keys())')).toEqual([])
  })

  it('loses nothing when two runs write at once', async () => {
    const {home} = bodies
    const code = 'export default async (ctx) => { for (let i = 0; i < 40; i++) await ctx.store.set(`${ctx.user}-${i}`, i) }'
    await home.linkHook(code, {needs: {store: true}})
    const chains = await Promise.all([home.chain(), home.chain()])
    const verdicts = await Promise.all(chains.map((chain, index) => chain.run('pre', {...KILL, user: `user${index}`})))
    expect(verdicts.flatMap(({failures}) => failures)).toEqual([])
    expect(await ask('return tell((await ctx.store.keys()).length)')).toBe(80)
  })

  it.each([
    ["set('', 1)", 'a key must be a text'],
    ['set(1, 1)', 'a key must be a text'],
    ["get('x'.repeat(201))", 'a key must be a text'],
    ["set('a', 'x'.repeat(70_000))", 'a value of more than 65536 bytes'],
  ])('refuses %s', async (call, message) => {
    expect(await ask(`await ctx.store.${call}`)).toContain(`ctx.store: ${message}`)
  })

  it('has room for so much and no more, and keeps what it had', async () => {
    const fill =
      "let n = 0; try { for (;; n++) await ctx.store.set(`k${n}`, 'x'.repeat(60_000)) } catch (error) { return tell([n, error.message]) }"
    expect(await ask(fill)).toEqual([17, 'ctx.store: more than 1048576 bytes in all'])
    expect(await ask("return tell([(await ctx.store.keys()).length, (await ctx.store.get('k16')).length])")).toEqual([17, 60_000])
  })

  it('is not changed in a dry run', async () => {
    await ask("await ctx.store.set('a', 1)")
    await ask("await ctx.store.set('a', 2); await ctx.store.delete('a'); return tell(await ctx.store.get('a'))", {view: {dryRun: true}})
    expect(await ask("return tell(await ctx.store.get('a'))")).toBe(1)
    expect(uses('store').filter(({planned}) => planned)).toEqual([
      {text: "keep 'a' in the hook's store", planned: true},
      {text: "delete 'a' from the hook's store", planned: true},
    ])
  })
})
