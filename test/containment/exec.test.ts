import {existsSync, readFileSync} from 'node:fs'
import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {describe, expect, it, vi} from 'vitest'
import type {Capabilities} from '../../src/hook/capabilities/capabilities.ts'
import {powered} from './powered.ts'

const on = powered()

describe('exec', () => {
  const world = (more: Record<string, string> = {}): Partial<Capabilities> => ({
    env: {PATH: process.env['PATH'], SECRET: 'a-secret-that-nobody-may-read', ...more},
  })
  const canary = () => join(on.stage.home.dataDir, 'canary')

  it.each([
    ['another command', `'id', []`],
    ['its path', `'/bin/echo', []`],
    ['a path to another', `'../../bin/id', []`],
    ['a line', `'echo; id', []`],
    ['a list', `['echo', 'id'], []`],
    ['an object that says it is another', `{toString: () => 'echo', toJSON: () => 'id'}, []`],
    ['what objects inherit', `'constructor', []`],
    ['nothing', `'', []`],
  ])('runs nothing by %s', async (_name, args) => {
    expect(await on.got(`return tell(await ctx.exec(${args}))`, {exec: ['echo']}, world())).toMatch(/is not among the hook's commands/)
  })

  it.each([
    '; touch $CANARY',
    '$(touch $CANARY)',
    '`touch $CANARY`',
    '| touch $CANARY',
    '&& touch $CANARY',
    '> $CANARY',
    '\ntouch $CANARY',
    '-e \\x3b touch',
  ])('takes %j for a text', async (text) => {
    const arg = text.replaceAll('$CANARY', canary())
    expect(
      await on.got(`return tell((await ctx.exec('printf', ['%s', ${JSON.stringify(arg)}])).stdout)`, {exec: ['printf']}, world()),
    ).toBe(`got ${JSON.stringify(arg)}`)
    expect(existsSync(canary())).toBe(false)
  })

  it.each([
    ['a shell', `{shell: true}`],
    ['a folder', `{cwd: '/etc'}`],
    ['an environment', `{env: {LD_PRELOAD: '/x.so'}}`],
    ['another program', `{argv0: 'x', execPath: '/bin/sh'}`],
    ['prototypes', `JSON.parse('{"__proto__": {"shell": true}}')`],
    ['time without end', `{timeout: Infinity}`],
  ])('is told no option of Node: %s', async (_name, options) => {
    const said = await on.got(`return tell((await ctx.exec('printf', ['%s', '$HOME'], ${options})).stdout)`, {exec: ['printf']}, world())
    expect(said).toMatch(/there is no option|timeout must be|got "\$HOME"/)
  })

  it.each([
    ['a null byte', `['a\\0b']`],
    ['what is no list', `'x'`],
    ['what is no text', `[{toString: () => 'x'}]`],
    ['ten thousand of them', `Array(10_000).fill('x')`],
  ])('takes no arguments with %s', async (_name, args) => {
    expect(await on.got(`return tell(await ctx.exec('echo', ${args}))`, {exec: ['echo']}, world())).toMatch(
      /its arguments must be a list of texts/,
    )
  })

  it('gives commands no secret of the environment, and nothing that changes what they run', async () => {
    const smuggled = {
      LD_PRELOAD: '/x.so',
      NODE_OPTIONS: '--require=/x.js',
      BASH_ENV: '/x',
      AURORA_TOKEN: 'x',
      IFS: 'x',
      HTTP_PROXY: 'http://x',
    }
    const said = await on.got(
      `return tell((await ctx.exec('env', [])).stdout)`,
      {exec: ['env'], env: ['LD_PRELOAD', 'NODE_OPTIONS', 'BASH_ENV', 'AURORA_TOKEN', 'IFS']},
      world(smuggled),
    )
    expect(said).toMatch(/^got ".*PATH=/)
    for (const name of ['SECRET', ...Object.keys(smuggled)]) expect(said).not.toContain(`${name}=`)
  })

  it('runs no command of the current folder', async () => {
    await writeFile(join(on.stage.home.dataDir, 'planted'), `#!/bin/sh\ntouch ${canary()}\n`, {mode: 0o755})
    const path = `.:${on.stage.home.dataDir.slice(1)}::${process.env['PATH']}`
    expect(await on.got(`return tell(await ctx.exec('planted', []))`, {exec: ['planted']}, world({PATH: path}))).toMatch(
      /there is no command 'planted'/,
    )
    expect(existsSync(canary())).toBe(false)
  })

  it('reads no more output than a megabyte', async () => {
    expect(await on.got(`return tell((await ctx.exec('yes', [])).stdout.length)`, {exec: ['yes']}, world())).toMatch(
      /it wrote more than \d+ characters, and was killed/,
    )
  })

  it('waits for no input that nobody gives', async () => {
    expect(await on.got(`return tell((await ctx.exec('cat', [])).stdout)`, {exec: ['cat']}, world())).toBe('got ""')
  })

  it.each([
    ['it hangs', `await ctx.exec('sh', ['-c', script])`],
    [
      'the hook is gone before',
      `ctx.exec('sh', ['-c', script]).catch(() => {}); for (let i = 0; i < 200; i++) { if ((await ctx.exec('test', ['-s', pid])).exitCode === 0) break } return tell('gone')`,
    ],
  ])('leaves nothing behind when %s', async (_name, body) => {
    const pid = join(on.stage.home.dataDir, 'pid')
    const script = `sleep 1000 & echo $! > ${pid}; wait`
    expect(
      await on.got(`const pid = ${JSON.stringify(pid)}, script = ${JSON.stringify(script)}; ${body}`, {exec: ['sh', 'test']}, world(), {
        timeout: '2s',
      }),
    ).toMatch(/no answer within|took too long|gone|more than 50 calls/)
    await vi.waitFor(() => {
      const number = readFileSync(pid, 'utf8').trim()
      expect(number).toMatch(/^\d+$/)
      expect(existsSync(`/proc/${number}/stat`) && !/\) Z /.test(readFileSync(`/proc/${number}/stat`, 'utf8'))).toBe(false)
    })
  })

  it('runs nothing in a dry run', async () => {
    await on.stage.attacker(`export default async (ctx) => { await ctx.exec('touch', [${JSON.stringify(canary())}]) }`, {
      needs: {exec: ['touch']},
    })
    const chain = await on.stage.home.chain({capabilities: on.stage.home.world(world())})
    const {effects} = await chain.run('pre', {phase: 'pre', operation: 'job.kill', user: 'me', options: {}, dryRun: true})
    expect(effects).toHaveLength(1)
    expect(existsSync(canary())).toBe(false)
  })
})
