import {appendFileSync, chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs'
import {hostname, tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {type HookFailure, operation, type RunEvent, SchedulerError, step} from '@auroractl/cli'
import {givenWords} from '../../src/operation/journal/given-words.ts'
import {Journal} from '../../src/operation/journal/journal.ts'
import {pastRun} from '../../src/operation/journal/past-run.ts'
import {readRun} from '../../src/operation/journal/read-run.ts'
import {assureResumable} from '../../src/operation/journal/resumable.ts'
import type {HookChain} from '../../src/operation/hook-chain.ts'
import {runOperation} from '../../src/operation/runner.ts'

declare module '@auroractl/cli' {
  interface Operations {
    'test.resume': {options?: {size: number; note: string}}
  }
}

/** The world that the operation changes. */
interface World {
  /** How many there are to be looked at. */
  size: number
  made: string[]
  /** The scheduler refuses this one. */
  refused?: string
  unverifiable?: boolean
  /** What there is to be changed, if not as many as there are. */
  names?: string[]
  /** Interrupts the run, as Ctrl-C does; and the change after which it does. */
  stop?: AbortController
  stopAfter?: string
  /** What the hooks see besides. */
  note?: string
  /** The look finds nothing out. */
  blind?: boolean
}

const look = step<{world: () => World}, {size: number}>({
  name: 'look',
  run: ({world}) => ({size: world().size}),
  memo: {save: ({size}) => size, restore: (saved) => ({size: saved as number})},
})
const change = step<{world: () => World; size: number}, {answers: string[]}>({
  name: 'change',
  async run({world: find, size}, io) {
    const world = find()
    const answers: string[] = []
    for (const name of world.names ?? Array.from({length: size}, (_, index) => `change ${index}`)) {
      const call = async () => {
        if (world.refused === name) throw new SchedulerError('no', {code: 'test.refused'})
        world.made.push(name)
        if (world.stopAfter === name) world.stop?.abort()
        return `answer to ${name}`
      }
      const check = async () => {
        if (world.blind) throw new SchedulerError('not there', {code: 'test.away'})
        return world.made.includes(name) ? `found ${name}` : undefined
      }
      io.signal.throwIfAborted()
      const effect = {name, findOut: `look at ${name}`, call}
      answers.push(await io.perform(world.unverifiable ? {...effect, kind: 'unverifiable'} : {...effect, kind: 'checkable', check}))
    }
    return {answers}
  },
})
const both = operation<'test.resume', {world: () => World}>('test.resume')
  .read(look)
  .hooks(({size, world}) => ({options: {size, note: world().note ?? ''}}))
  .act(change)
  .returns(({answers}) => answers)

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aurora-runs-'))
})
afterEach(() => rmSync(folder, {recursive: true, force: true}))

const run = `${Date.now().toString(36)}-1`
const file = () => join(folder, `${run}.jsonl`)
const description = {run, operation: 'test.resume', nth: 0, command: 'test:resume', argv: ['--bind', 'a=secret'], user: 'me', version: '1'}

/** Runs the operation to its end. */
async function attempt(world: World, resume = false, denial?: HookFailure) {
  const recorded = resume ? readRun(folder, run) : undefined
  if (recorded) assureResumable(recorded)
  const resumed = recorded && {
    salt: recorded.attempts[0].header.salt,
    attempt: recorded.attempts.length + 1,
    past: pastRun(recorded.attempts),
  }
  const journal = new Journal({folder, description, mask: (text) => text, warn: () => {}, ...(resumed ? {resumed} : {})})
  if (resumed) journal.begin()
  const logged: string[] = []
  const asked: string[] = []
  const hooks: HookChain = {
    warm: () => {},
    close: async () => {},
    async run(phase) {
      asked.push(phase)
      return {amendments: [], failures: denial && phase === 'pre' ? [denial] : [], hints: [], effects: []}
    },
  }
  const emit = (event: RunEvent) => {
    if (event.type === 'log') logged.push(event.text)
    journal.hear(event)
  }
  const {signal} = (world.stop = new AbortController())
  const outcome = await runOperation(both, {world: () => world}, {hooks, emit, signal, dryRun: false, user: 'me', run, record: journal})
  journal.close()
  return {outcome, logged, asked}
}

/** Makes the record one of a process that was killed when it had written the first line that fits. */
function cutAfter(fits: (event: Record<string, unknown>) => boolean, path = file()): void {
  const [header = '', ...events] = readFileSync(path, 'utf8').split('\n')
  const last = events.findIndex((line) => line !== '' && fits(JSON.parse(line) as Record<string, unknown>))
  const dead = {...(JSON.parse(header) as Record<string, unknown>), process: {host: hostname(), pid: process.pid, start: 'long ago'}}
  writeFileSync(path, [JSON.stringify(dead), ...events.slice(0, last + 1), ''].join('\n'))
}

const intended = (name: string) => (event: Record<string, unknown>) => event['type'] === 'effect.intended' && event['name'] === name
const done = (nth: number) => {
  let count = 0
  return (event: Record<string, unknown>) => event['type'] === 'effect.done' && ++count === nth
}

describe('a run that was cut short and is resumed', () => {
  it('does not repeat what is done, and gives what it was answered', async () => {
    await attempt({size: 2, made: []})
    cutAfter(done(1))
    const world: World = {size: 2, made: ['change 0']}
    const {outcome, logged} = await attempt(world, true)
    expect(outcome).toEqual({status: 'applied', result: ['answer to change 0', 'answer to change 1']})
    expect(world.made).toEqual(['change 0', 'change 1'])
    expect(logged).toContain('Done before, not repeated: change 0')
    expect(readRun(folder, run)).toMatchObject({status: 'applied', attempts: [{}, {}]})
  })

  it('looks up a change that is in doubt, and makes it only when it did not happen', async () => {
    await attempt({size: 1, made: []})
    cutAfter(intended('change 0'))
    const happened: World = {size: 1, made: ['change 0']}
    expect((await attempt(happened, true)).outcome).toEqual({status: 'applied', result: ['found change 0']})
    expect(happened.made).toEqual(['change 0'])

    rmSync(join(folder, `${run}.2.jsonl`))
    const not: World = {size: 1, made: []}
    expect((await attempt(not, true)).outcome).toEqual({status: 'applied', result: ['answer to change 0']})
    expect(not.made).toEqual(['change 0'])
  })

  it('ends as unknown when it cannot look, and can be resumed once more', async () => {
    await attempt({size: 2, made: []})
    cutAfter(intended('change 1'))
    const world: World = {size: 2, made: ['change 0'], blind: true}
    expect((await attempt(world, true)).outcome).toMatchObject({status: 'unknown', findOut: 'look at change 1', done: 'change 0'})
    expect(readRun(folder, run).status).toBe('unknown')
    expect((await attempt({...world, blind: false}, true)).outcome).toMatchObject({status: 'applied'})
    expect(world.made).toEqual(['change 0', 'change 1'])
  })

  it('ends as unknown at a change in doubt that nobody can look up, and does not make it', async () => {
    await attempt({size: 2, made: [], unverifiable: true})
    cutAfter(intended('change 1'))
    const world: World = {size: 2, made: ['change 0'], unverifiable: true}
    const {outcome} = await attempt(world, true)
    expect(outcome).toMatchObject({
      status: 'unknown',
      findOut: 'look at change 1',
      done: 'change 0',
      error: {exitCode: 7, code: 'run.in-doubt'},
    })
    expect(world.made).toEqual(['change 0'])
  })

  it('makes a change that was refused', async () => {
    expect((await attempt({size: 2, made: [], refused: 'change 1'})).outcome).toMatchObject({status: 'partly'})
    const world: World = {size: 2, made: ['change 0']}
    expect((await attempt(world, true)).outcome).toMatchObject({status: 'applied'})
    expect(world.made).toEqual(['change 0', 'change 1'])
  })

  it('goes on with what was found first, and says what is not as it was', async () => {
    await attempt({size: 3, made: []})
    cutAfter(done(1))
    const world: World = {size: 1, made: ['change 0'], note: 'edited'}
    const {outcome, logged} = await attempt(world, true)
    expect(outcome).toMatchObject({status: 'applied'})
    expect(world.made).toEqual(['change 0', 'change 1', 'change 2'])
    expect(logged).toContain('test.resume: not as it was when the run was begun: options.note')
  })

  it('stops when it would change something else than what is recorded', async () => {
    await attempt({size: 2, made: []})
    cutAfter(done(1))
    const world: World = {size: 2, made: ['change 0'], names: ['another', 'change 1']}
    expect((await attempt(world, true)).outcome).toMatchObject({
      status: 'partly',
      done: 'change 0',
      error: {code: 'run.differs', message: expect.stringMatching(/'another' instead of 'change 0'/)},
    })
    expect(world.made).toEqual(['change 0'])
  })

  it('does not pass over a change in doubt that it does not come to', async () => {
    await attempt({size: 2, made: []})
    cutAfter(intended('change 1'))
    expect((await attempt({size: 2, made: [], names: ['change 0']}, true)).outcome).toMatchObject({
      status: 'unknown',
      findOut: 'look at change 1',
    })
  })

  it('asks the hooks again, and changes nothing more when one denies now', async () => {
    await attempt({size: 2, made: []})
    cutAfter(done(1))
    const world: World = {size: 2, made: ['change 0']}
    const {outcome, asked} = await attempt(world, true, {hook: 'freeze', source: 'plugin p', reason: 'since noon'})
    expect(outcome).toMatchObject({status: 'partly', done: 'change 0', error: {message: expect.stringContaining('since noon')}})
    expect(asked).toEqual(['amend', 'pre', 'error', 'finally'])
    expect(world.made).toEqual(['change 0'])
  })

  it('is unknown still when a hook denies before a change in doubt was looked up', async () => {
    await attempt({size: 2, made: []})
    cutAfter(intended('change 1'))
    const world: World = {size: 2, made: ['change 0', 'change 1']}
    const {outcome} = await attempt(world, true, {hook: 'freeze', source: 'plugin p', reason: 'since noon'})
    expect(outcome).toMatchObject({
      status: 'unknown',
      findOut: 'look at change 1',
      done: 'change 0',
      error: {code: 'hook.denied', exitCode: 4},
    })
    expect((await attempt(world, true)).outcome).toMatchObject({status: 'applied'})
    expect(world.made).toEqual(['change 0', 'change 1'])
  })

  it('goes on when it was the user who had stopped it', async () => {
    const world: World = {size: 2, made: [], stopAfter: 'change 0'}
    expect((await attempt(world)).outcome).toMatchObject({status: 'partly', error: {code: 'interrupted'}, done: 'change 0'})
    expect(readRun(folder, run).status).toBe('interrupted')
    expect((await attempt({...world, stopAfter: ''}, true)).outcome).toMatchObject({status: 'applied'})
    expect(world.made).toEqual(['change 0', 'change 1'])
  })

  it('is resumed by one of two', async () => {
    await attempt({size: 1, made: []})
    cutAfter(intended('change 0'))
    const {attempts} = readRun(folder, run)
    const resumed = {salt: 'x', attempt: 2, past: pastRun(attempts)}
    const [one, other] = [1, 2].map(() => new Journal({folder, description, mask: (text) => text, warn: () => {}, resumed}))
    one?.begin()
    expect(() => other?.begin()).toThrow('is being resumed by another process')
    expect(readRun(folder, run).status).toBe('running')
    one?.close()
  })
})

describe('a run that cannot be resumed', () => {
  const refusal = () => {
    try {
      assureResumable(readRun(folder, run))
      return undefined
    } catch (error) {
      return error
    }
  }

  it('has ended, or changed nothing', async () => {
    await attempt({size: 1, made: []})
    expect(refusal()).toMatchObject({code: 'run.ended', exitCode: 6})
    rmSync(file())
    await attempt({size: 1, made: [], refused: 'change 0'})
    expect(refusal()).toMatchObject({code: 'run.ended', message: expect.stringContaining('without having changed anything')})
  })

  it('is still running', async () => {
    await attempt({size: 1, made: []})
    const [header = '', ...events] = readFileSync(file(), 'utf8').trimEnd().split('\n')
    writeFileSync(file(), [header, ...events.slice(0, -1), ''].join('\n'))
    expect(refusal()).toMatchObject({code: 'run.running', message: expect.stringContaining(`process ${process.pid}`)})
  })

  it('is one of another machine', async () => {
    await attempt({size: 1, made: []})
    cutAfter(done(1))
    writeFileSync(file(), readFileSync(file(), 'utf8').replace(JSON.stringify(hostname()), '"another"'))
    expect(refusal()).toMatchObject({code: 'run.elsewhere', message: expect.stringContaining('another')})
  })

  it('is none', () => {
    expect(refusal()).toMatchObject({code: 'run.missing', exitCode: 6})
  })

  it('is one that others may write to, or one behind a link', async () => {
    await attempt({size: 1, made: []})
    chmodSync(file(), 0o622)
    expect(refusal()).toMatchObject({code: 'run.not-own'})
    rmSync(file())
    symlinkSync('/etc/hostname', file())
    expect(refusal()).toMatchObject({code: expect.stringMatching(/^run\.(not-own|damaged)$/)})
  })
})

describe('a record', () => {
  it('whose last line is torn is read up to there', async () => {
    await attempt({size: 2, made: []})
    cutAfter(done(1))
    appendFileSync(file(), '{"at":"2026-01-01T00:00:00.000Z","type":"effect.inten')
    const world: World = {size: 2, made: ['change 0']}
    expect((await attempt(world, true)).outcome).toMatchObject({status: 'applied'})
    expect(world.made).toEqual(['change 0', 'change 1'])
  })

  it.each([
    ['a line that is no JSON', '{"at":\n'],
    ['a line of something else', '{"hello":1}\n'],
    ['a change without its name', '{"at":"x","type":"effect.intended","effect":"a"}\n'],
    ['a list', '[]\n'],
  ])('with %s is damaged, and nothing is gone on with', async (_, line) => {
    await attempt({size: 1, made: []})
    cutAfter(intended('change 0'))
    appendFileSync(file(), line)
    expect(() => readRun(folder, run)).toThrow(/The record of a run is damaged/)
  })

  it('without its beginning is damaged', async () => {
    await attempt({size: 1, made: []})
    truncateSync(file(), 0)
    expect(() => readRun(folder, run)).toThrow(/The record of a run is damaged/)
  })
})

describe('what was bound', () => {
  const given = async (bindings: string[]) => {
    await attempt({size: 1, made: []})
    return givenWords(readRun(folder, run).attempts[0].header, bindings)
  }

  it('is given again', async () => {
    expect(await given(['a=secret'])).toEqual(['--bind', 'a=secret'])
  })

  it.each([
    ['is missing', [], /not as they were: a$/],
    ['is another', ['a=other'], /not as they were: a$/],
    ['is more', ['a=secret', 'b=1'], /nothing of this bound: b$/],
  ])('is refused when it %s', async (_, bindings, message) => {
    await expect(given(bindings)).rejects.toThrow(message)
  })
})
