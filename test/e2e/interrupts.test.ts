/** Ctrl-C and SIGTERM: the run stops at the next safe point and says what was done and what was not; a second one ends it at once. */
import type {ChildProcess} from 'node:child_process'
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest'
import {type Ended, ended} from './cli.ts'
import type {Cut, CuttingProxy} from './cutting-proxy.ts'
import {ProxiedCluster} from './proxied.ts'

const cluster = new ProxiedCluster()
beforeAll(() => cluster.start())
afterAll(() => cluster[Symbol.asyncDispose]())

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

interface Interruption {
  args: string[]
  cut?: Cut
  signal: NodeJS.Signals
  /** What happens when the client has said that it stops. */
  late?: (proxy: CuttingProxy, child: ChildProcess) => unknown
}

/** Runs a command, and interrupts it when `when` is true of the proxy. */
async function interrupted(
  {args, cut, signal, late}: Interruption,
  when: (proxy: CuttingProxy, stderr: string) => boolean,
): Promise<Ended & {changes: string[]}> {
  await using proxy = await cluster.proxy(cut)
  const child = cluster.cli.start(args, {env: cluster.through(proxy)})
  const stderr = textOf(child)
  const end = ended(child)
  await until(() => when(proxy, stderr()))
  child.kill(signal)
  if (late) {
    await until(() => stderr().includes('Stopping at the next safe point'))
    await late(proxy, child)
  }
  return {...(await end), changes: proxy.changes}
}

function textOf(child: ChildProcess): () => string {
  let text = ''
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return () => text
}

function until(condition: () => boolean): Promise<void> {
  return vi.waitFor(() => {
    if (!condition()) throw new Error('not yet')
  }, 15_000)
}

async function created(): Promise<{name: string; key: string}> {
  const name = cluster.nextJob()
  await cluster.create(name)
  return {name, key: cluster.key(name)}
}

/** Where the client first looks after its first call of a method: the connection, and the call on it. */
async function firstLookAfter(method: string, args: string[]): Promise<Cut> {
  await using proxy = await cluster.proxy()
  await cluster.run(proxy, args)
  const at = proxy.calls.findIndex((call) => call.method === method)
  const look = proxy.calls[at + 1]
  if (!look) throw new Error(`there is no look after ${method}`)
  const call = proxy.calls.slice(0, at + 2).filter(({connection}) => connection === look.connection).length
  return {connection: look.connection, call, at: 'sent', how: 'hang'}
}

describe.each(SIGNALS)('%s', (signal) => {
  it.concurrent('in the midst of a reading step ends at once, and nothing was changed', async () => {
    const name = cluster.nextJob()
    const args = ['job', 'create', cluster.key(name), ...cluster.configuration(name)]
    const result = await interrupted({args, cut: {connection: 1, at: 'sent', how: 'hang'}, signal}, ({calls}) => calls.length > 0)
    expect(result).toMatchObject({code: 130, stdout: '', changes: []})
    expect(result.stderr).toMatch(/ERROR\] Command interrupted by user\nNothing was changed\.\n$/)
    expect(await cluster.active(name)).toEqual({})
  })

  it.concurrent('while a new job is waited for leaves the job, and says so', async () => {
    const name = cluster.nextJob()
    const key = cluster.key(name)
    const args = ['job', 'create', key, ...cluster.configuration(name), '--wait-until', 'RUNNING', '--json']
    const result = await interrupted({args, signal}, (_, stderr) => stderr.includes('0 of 3 instances RUNNING'))
    expect(result).toMatchObject({code: 130, changes: ['createJob']})
    expect(JSON.parse(result.stdout)).toMatchObject({
      status: 'partly',
      done: `job ${key} was created`,
      left: 'await tasks',
      error: {code: 'interrupted', exitCode: 130},
    })
    expect(Object.keys(await cluster.active(name))).toHaveLength(3)
  })

  it.concurrent('between the batches of a kill names those that were killed and those that were not', async () => {
    const cut = await firstLookAfter('killTasks', ['job', 'killall', (await created()).key])
    const {name, key} = await created()
    const result = await interrupted({args: ['job', 'killall', key], cut, signal}, ({changes, calls}) => {
      return changes.length === 1 && !changes.includes(calls.at(-1)?.method ?? '')
    })
    expect(result).toMatchObject({code: 130, stdout: '', changes: ['killTasks']})
    expect(result.stderr).toContain('Done before that: the scheduler was told to kill instances [0]')
    expect(result.stderr).toContain(`Not done: kill instances [1, 2] of ${key}`)
    expect(Object.keys(await cluster.active(name))).toEqual(['1', '2'])
  })

  it.concurrent('while a kill without batches is waited for says that only the waiting is left', async () => {
    const args = (key: string) => ['job', 'killall', key, '--no-batching', '--json']
    const cut = await firstLookAfter('killTasks', args((await created()).key))
    const {key} = await created()
    const result = await interrupted({args: args(key), cut, signal}, ({changes, calls}) => {
      return changes.length === 1 && !changes.includes(calls.at(-1)?.method ?? '')
    })
    expect(result).toMatchObject({code: 130, changes: ['killTasks']})
    expect(JSON.parse(result.stdout)).toMatchObject({
      status: 'partly',
      done: expect.stringContaining('kill instances [0, 1, 2]'),
      left: 'wait until instances [0, 1, 2] have ended',
    })
  })

  it.concurrent('in the midst of a change waits for its answer, and goes no further', async () => {
    const {name, key} = await created()
    const cut: Cut = {connection: 2, at: 'sent', how: 'delay'}
    const late = (proxy: CuttingProxy) => proxy.release()
    const result = await interrupted({args: ['job', 'kill', `${key}/0,1`], cut, signal, late}, ({changes}) => changes.length === 1)
    expect(result).toMatchObject({code: 130, stdout: '', changes: ['killTasks']})
    expect(result.stderr).toContain('Done before that: the scheduler was told to kill instances [0]')
    expect(result.stderr).toContain(`Not done: kill instances [1] of ${key}`)
    expect(Object.keys(await cluster.active(name))).toEqual(['1', '2'])
  })

  it.concurrent('a second time ends at once, and says what may be left', async () => {
    const {name, key} = await created()
    const cut: Cut = {connection: 2, at: 'sent', how: 'hang'}
    const late = (_: CuttingProxy, child: ChildProcess) => child.kill(signal)
    const result = await interrupted({args: ['job', 'killall', key], cut, signal, late}, ({changes}) => changes.length === 1)
    expect(result).toMatchObject({code: 130, stdout: '', changes: ['killTasks']})
    expect(result.stderr).toContain(
      `Ended at once.\nIt is not known whether this happened: the scheduler was told to kill instances [0] of ${key}. To find out: aurora job status ${key}`,
    )
    // It did, here.
    expect(Object.keys(await cluster.active(name))).toEqual(['1', '2'])
  })

  it.concurrent('a second time while a run is gone on with says what was done before, too', async () => {
    const cut = await firstLookAfter('killTasks', ['job', 'killall', (await created()).key])
    const {key} = await created()
    const first = await interrupted({args: ['job', 'killall', key], cut, signal}, ({changes, calls}) => {
      return changes.length === 1 && !changes.includes(calls.at(-1)?.method ?? '')
    })
    expect(first).toMatchObject({code: 130, changes: ['killTasks']})
    const run = (await cluster.cli.json<{id: string; command: string}[]>(['runs', 'list'])).find(({command}) => command.includes(key))
    const late = (_: CuttingProxy, child: ChildProcess) => child.kill(signal)
    const again: Interruption = {args: ['runs', 'resume', run?.id ?? ''], cut: {connection: 2, at: 'sent', how: 'hang'}, signal, late}
    const {code, stderr} = await interrupted(again, ({changes}) => changes.length === 1)
    expect(code).toBe(130)
    expect(stderr).toContain(`Ended at once.\nDone before that: the scheduler was told to kill instances [0] of ${key}\nIt is not known`)
  })
})
