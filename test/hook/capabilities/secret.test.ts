import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {Masker} from '../../../src/model/masker.ts'
import {hookBodies} from './ask-hook.ts'

const bodies = hookBodies()
const {ask, uses} = bodies

describe('secret', () => {
  it('comes from the environment, by name, and is hidden from then on', async () => {
    const masker = new Masker()
    const world = {masker, env: {TOKEN: 'hunter2-hunter2', OTHER: 'x'}}
    expect(await ask("return tell((await ctx.secret('TOKEN')).length)", {needs: {secret: ['TOKEN']}, world})).toBe(15)
    expect(uses('secret')).toEqual([{text: 'TOKEN', planned: false}])
    expect(JSON.stringify(bodies.home.events)).not.toContain('hunter2')
    expect(masker.text('it is hunter2-hunter2.')).toBe('it is ***.')
    for (const name of ['OTHER', 'constructor']) {
      expect(await ask(`await ctx.secret('${name}')`, {needs: {secret: ['TOKEN']}, world})).toContain(
        `'${name}' is not among the hook's secrets`,
      )
    }
  })

  it('comes from the command that the manifest names, once a run, in the environment of the user', async () => {
    const masker = new Masker()
    const count = join(bodies.home.dataDir, 'count')
    const command = ['sh', '-c', `echo x >> ${count}; echo "s3cret-$WHO"`]
    const needs = {secret: [{name: 'vault', command}]}
    const world = {masker, env: {PATH: process.env['PATH'], WHO: 'me'}}
    expect(
      await ask("return tell([await ctx.secret('vault') === 's3cret-me', await ctx.secret('vault') === 's3cret-me'])", {needs, world}),
    ).toEqual([true, true])
    expect(await readFile(count, 'utf8')).toBe('x\n')
    expect(masker.text('s3cret-me')).toBe('***')
  })

  it.each([
    [{secret: ['UNSET']}, 'UNSET', "there is no secret 'UNSET'"],
    [{secret: [{name: 'v', command: ['false']}]}, 'v', 'v: false ended with exit code 1'],
    [{secret: [{name: 'v', command: ['sh', '-c', 'echo leaked-text >&2; exit 2']}]}, 'v', 'v: sh ended with exit code 2'],
    [{secret: [{name: 'v', command: ['no-such-command-here']}]}, 'v', "there is no command 'no-such-command-here'"],
    [{secret: [{name: 'v', command: ['echo', 'abc']}]}, 'v', 'a secret of fewer than 4 characters cannot be hidden'],
  ])('that cannot be had is an error without what the command wrote: %j', async (needs, name, message) => {
    const told = await ask(`await ctx.secret('${name}')`, {needs, world: {env: {PATH: process.env['PATH']}}})
    expect(told).toContain(message)
    expect(told).not.toContain('leaked-text')
  })
})

describe('what hides secrets', () => {
  it('changes the texts of data and nothing else of it', () => {
    const masker = new Masker()
    masker.add('1234')
    expect(masker.data({a: ['x1234', 1234, null, true], '1234': {b: '1234'}})).toEqual({a: ['x***', 1234, null, true], '***': {b: '***'}})
  })

  const masker = new Masker()
  masker.add('p@ss "word"\nsecond line')
  masker.add('plain-token')

  it.each([
    ['plain-token', '***'],
    ['a plain-tokenplain-token b', 'a ****** b'],
    ['p@ss "word"\nsecond line', '***'],
    ['p@ss "word"', '***'],
    ['and second line', 'and ***'],
    [JSON.stringify({a: 'p@ss "word"\nsecond line'}), '{"a":"***"}'],
    [encodeURIComponent('p@ss "word"'), '***'],
    [Buffer.from('plain-token').toString('base64').replace(/=/g, ''), '***'],
    [Buffer.from('me:plain-token').toString('base64'), 'bWU6***='],
    [Buffer.from('u:plain-token!').toString('base64'), 'dTp***iE='],
    [Buffer.from('user:plain-token').toString('base64'), 'dXNlcjp***g=='],
    ['plain-toke', 'plain-toke'],
  ])('hides %j as %j', (text, hidden) => {
    expect(masker.text(text)).toBe(hidden)
  })
})
