/**
 * What a command says of a change whose answer is lost agrees with what has become of it, wherever the connection is cut; and a change that
 * may have landed is never sent again.
 */
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest'
import {ended} from './cli.ts'
import type {Cut, CutPoint, CuttingProxy} from './cutting-proxy.ts'
import {ProxiedCluster} from './proxied.ts'

const cluster = new ProxiedCluster()
beforeAll(() => cluster.start())
afterAll(() => cluster[Symbol.asyncDispose]())

interface Case {
  at: CutPoint
  how?: NonNullable<Cut['how']>
  forGood?: true
  /** What the command says; the exit code is 0 for what is applied. */
  outcome: 'applied' | 'not-applied' | 'unknown'
  code: number
  /** Whether the scheduler has done it when the command ends. */
  landed: boolean
  /** Whether the scheduler does it afterwards. */
  late?: true
}

const CASES: Case[] = [
  {at: 'refuse', outcome: 'not-applied', code: 9, landed: false},
  // A connection that is reset at once may never have been one: that call is made again, and rightly.
  {at: 'connect', how: 'end', outcome: 'unknown', code: 7, landed: false},
  {at: 'connect', how: 'hang', outcome: 'unknown', code: 9, landed: false},
  {at: 'request', outcome: 'unknown', code: 7, landed: false},
  {at: 'request', how: 'end', outcome: 'unknown', code: 7, landed: false},
  {at: 'request', how: 'hang', outcome: 'unknown', code: 9, landed: false},
  {at: 'sent', how: 'hold', outcome: 'unknown', code: 7, landed: false, late: true},
  {at: 'sent', how: 'hang and hold', outcome: 'unknown', code: 9, landed: false, late: true},
  {at: 'sent', outcome: 'applied', code: 0, landed: true},
  {at: 'sent', how: 'end', outcome: 'applied', code: 0, landed: true},
  {at: 'sent', how: 'hang', outcome: 'applied', code: 0, landed: true},
  {at: 'headers', outcome: 'applied', code: 0, landed: true},
  {at: 'headers', how: 'end', outcome: 'applied', code: 0, landed: true},
  {at: 'headers', how: 'hang', outcome: 'applied', code: 0, landed: true},
  {at: 'body', outcome: 'applied', code: 0, landed: true},
  {at: 'body', how: 'end', outcome: 'applied', code: 0, landed: true},
  {at: 'body', how: 'hang', outcome: 'applied', code: 0, landed: true},
  {at: 'sent', forGood: true, outcome: 'unknown', code: 7, landed: true},
  {at: 'sent', how: 'hang', forGood: true, outcome: 'unknown', code: 9, landed: true},
]

/** A call of a command, cut in each way. */
interface Subject {
  what: string
  method: string
  /** Which call of the method. */
  nth: number
  cases: Case[]
  prepare: (job: string) => Promise<void>
  args: (job: string) => string[]
  /** Sees whether the call that was cut has landed. */
  landed: (job: string) => Promise<boolean>
  /** How often the method is called when all goes well. */
  calls: number
  /** What the outcome counts as done before. */
  done?: string
}

/** Where the others differ from each other, a kill does not differ from a create. */
const CASES_OF_KILL = CASES.filter(
  ({at, how}) => at === 'connect' || (at !== 'headers' && how !== 'end' && !(how === 'hang' && at === 'body')),
)

const isCreated = async (job: string) => Object.keys(await cluster.active(job)).length === 3
const isKilled = (instance: number) => async (job: string) => {
  const state = (await cluster.active(job))[instance]
  return state === undefined || state === 'KILLING'
}

const SUBJECTS: Subject[] = [
  {
    what: 'job create',
    method: 'createJob',
    nth: 1,
    calls: 1,
    cases: CASES,
    prepare: async () => {},
    args: (job) => ['job', 'create', cluster.key(job), ...cluster.configuration(job)],
    landed: isCreated,
  },
  {
    what: 'job kill',
    method: 'killTasks',
    nth: 1,
    calls: 1,
    cases: CASES_OF_KILL,
    prepare: (job) => cluster.create(job),
    args: (job) => ['job', 'kill', `${cluster.key(job)}/1`],
    landed: isKilled(1),
  },
  {
    what: 'job killall without batches',
    method: 'killTasks',
    nth: 1,
    calls: 1,
    cases: CASES_OF_KILL,
    prepare: (job) => cluster.create(job),
    args: (job) => ['job', 'killall', cluster.key(job), '--no-batching'],
    landed: isKilled(2),
  },
  {
    what: 'the second batch of job killall',
    method: 'killTasks',
    nth: 2,
    calls: 3,
    cases: CASES_OF_KILL,
    prepare: (job) => cluster.create(job),
    args: (job) => ['job', 'killall', cluster.key(job)],
    landed: isKilled(1),
    done: 'instances [0]',
  },
]

describe.each(SUBJECTS)('$what', ({method, nth, calls, cases, prepare, args, landed, done}) => {
  let connection: number
  beforeAll(async () => {
    const job = cluster.nextJob()
    await prepare(job)
    connection = await undisturbed(args(job), method, nth)
  })

  it.concurrent.each(cases)(
    'cut at $at ($how) is $outcome, with $code',
    async ({at, how = 'reset', forGood, outcome, code, landed: expected, late}) => {
      const job = cluster.nextJob()
      const key = cluster.key(job)
      await prepare(job)
      await using proxy = await cluster.proxy({connection, at, how, ...(forGood ? {forGood} : {})})
      const ended = await cluster.run(proxy, [...args(job), '--json'], how.startsWith('hang') ? '3s' : undefined)
      expect([ended.code, ended.stderr]).toEqual([code, expect.any(String)])
      // What was done before is never passed over.
      const earlier = expect.stringContaining(done ?? '')
      const before = done === undefined ? {} : {done: earlier}
      const told = {
        applied: {job: key},
        'not-applied': {status: done === undefined ? outcome : 'partly', error: {exitCode: code}, ...before},
        unknown: {status: outcome, findOut: `aurora job status ${key}`, error: {exitCode: code}, ...before},
      }
      expect(JSON.parse(ended.stdout)).toMatchObject(told[outcome])
      expect(await landed(job)).toBe(expected)
      // Never again where it may have landed, and nothing after it where it is in doubt.
      const sent = at === 'connect' || at === 'refuse' ? nth - 1 : outcome === 'applied' ? calls : nth
      expect(proxy.changes).toEqual(Array.from({length: sent}, () => method))
      if (late) await proxy.release()
      expect(await landed(job)).toBe(expected || late === true)
    },
  )

  it.concurrent('is sent again when no connection was made, and is applied', async () => {
    const job = cluster.nextJob()
    await prepare(job)
    await using proxy = await cluster.proxy({connection, at: 'refuse'})
    const child = cluster.cli.start(args(job), {env: cluster.through(proxy)})
    expect(await letInAgain(proxy, child)).toEqual([0, expect.stringContaining('connection refused, reconnecting')])
    expect(await landed(job)).toBe(true)
    expect(proxy.changes).toHaveLength(calls)
  })
})

it('a change that is still under way when it is first looked for is found', async () => {
  const job = cluster.nextJob()
  const connection = await undisturbed(['job', 'create', cluster.key(job), ...cluster.configuration(job)], 'createJob', 1)
  const late = cluster.nextJob()
  await using proxy = await cluster.proxy({connection, at: 'sent', how: 'hold'})
  const child = cluster.cli.start(['job', 'create', cluster.key(late), ...cluster.configuration(late)], {env: cluster.through(proxy)})
  const end = ended(child)
  // It has been looked for once, in vain.
  await vi.waitFor(() => expect([proxy.changes.length, proxy.calls.at(-1)?.method]).toEqual([1, 'getTasksWithoutConfigs']), 15_000)
  await proxy.release()
  expect(await end).toMatchObject({code: 0, stdout: expect.stringContaining('Job create succeeded')})
  expect([await isCreated(late), proxy.changes]).toEqual([true, ['createJob']])
})

/** Runs the command without a cut, and gives the connection of a call. @throws Error unless the call has it for itself */
async function undisturbed(args: string[], method: string, nth: number): Promise<number> {
  await using proxy = await cluster.proxy()
  const {code, stderr} = await cluster.run(proxy, args)
  const connection = proxy.connectionsOf(method)[nth - 1]
  const alone = proxy.calls.filter((call) => call.connection === connection).length === 1
  if (code !== 0 || connection === undefined || !alone) throw new Error(`The command went wrong: ${stderr}`)
  return connection
}

/** Opens the door once the client has found it closed. */
async function letInAgain(proxy: CuttingProxy, child: ReturnType<typeof cluster.cli.start>): Promise<[code: unknown, stderr: string]> {
  let stderr = ''
  const code = await new Promise((resolve) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      const before = stderr
      stderr += text
      if (!before.includes('reconnecting') && stderr.includes('reconnecting')) void proxy.listen()
    })
    child.once('close', resolve)
  })
  return [code, stderr]
}
