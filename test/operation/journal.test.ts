import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest'
import type {RunEvent} from '@auroractl/cli'
import {Journal} from '../../src/operation/journal/journal.ts'

let folder: string
let warnings: string[]
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'aurora-journal-')), 'aurora/runs')
  warnings = []
})
afterEach(() => rmSync(join(folder, '../..'), {recursive: true, force: true}))

const run = `${Date.now().toString(36)}-1`
const looks: RunEvent[] = [
  {type: 'run.started', run, operation: 'test.run'},
  {type: 'step.started', step: 'look', acting: false},
  {type: 'log', level: 'info', text: 'on its way'},
]
const acts: RunEvent = {type: 'step.started', step: 'change', acting: true}
const intends: RunEvent = {type: 'effect.intended', effect: 'test.run/change/change', name: 'it', kind: 'checkable', findOut: ''}

function journal(argv: string[] = []): Journal {
  const description = {run, operation: 'test.run', nth: 0, command: 'test:run', argv, user: 'me', version: '1'}
  return new Journal({folder, description, mask: (text) => text.replaceAll('hunter2', '***'), warn: (text) => warnings.push(text)})
}

function lines(name = `${run}.jsonl`): Record<string, unknown>[] {
  const text = readFileSync(join(folder, name), 'utf8')
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Record<string, unknown>]))
}

describe('a journal', () => {
  it('is not written for a run that only looks', () => {
    const written = journal()
    for (const event of looks) written.hear(event)
    written.hear({type: 'run.finished', run, operation: 'test.run', status: 'applied'})
    expect(() => readdirSync(folder)).toThrow('ENOENT')
  })

  it('begins no later than its first event, whenever its file is made', () => {
    vi.useFakeTimers({toFake: ['Date']})
    try {
      const written = journal()
      for (const event of looks) written.hear(event)
      vi.setSystemTime(Date.now() + 60_000)
      written.hear(acts)
    } finally {
      vi.useRealTimers()
    }
    const [header, first] = lines().map(({at}) => Date.parse(String(at)))
    expect(header).toBeLessThanOrEqual(first ?? 0)
  })

  it('has all from the beginning once something is to be changed, at once, and for the user alone', () => {
    const written = journal(['a', '--flag'])
    for (const event of [...looks, acts]) written.hear(event)
    expect(lines().map(({type}) => type)).toEqual(['journal', 'run.started', 'step.started', 'step.started'])
    expect(lines()[0]).toMatchObject({command: 'test:run', argv: ['a', '--flag'], cwd: process.cwd(), process: {pid: process.pid}})
    written.hear(intends)
    expect(lines().at(-1)).toMatchObject(intends)
    expect(statSync(join(folder, `${run}.jsonl`)).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(readdirSync(folder)).toEqual([`${run}.jsonl`])
  })

  it('has what a hook decided', () => {
    const written = journal()
    written.hear({
      type: 'hook.finished',
      phase: 'pre',
      hook: 'h',
      source: 'plugin p',
      ms: 1,
      decision: {decision: 'deny', reason: 'frozen'},
    })
    expect(lines().at(-1)).toMatchObject({hook: 'h', decision: {decision: 'deny', reason: 'frozen'}})
  })

  it('has neither what was bound nor what is secret', () => {
    const written = journal([
      'key',
      '--bind',
      'password=hunter2',
      '--bind=token=swordfish',
      '--answer',
      'h=sesame',
      '--answer=h:q=sesame',
      '--',
      '--bind',
      'kept=1',
    ])
    written.hear(acts)
    written.hear({
      type: 'hook.power',
      phase: 'pre',
      hook: 'h',
      power: 'fetch',
      text: 'asked with hunter2',
      planned: false,
      value: ['hunter2'],
    })
    written.hear({type: 'hook.failed', phase: 'pre', hook: 'h', source: 's', ms: 1, reason: 'no to swordfish', denies: true})
    const text = readFileSync(join(folder, `${run}.jsonl`), 'utf8')
    expect(text).not.toMatch(/hunter2|swordfish|sesame/)
    expect(text).toContain('asked with ***')
    const digest = expect.stringMatching(/^[0-9a-f]{32}$/)
    const bound = ['--bind', {name: 'password', digest}, '--bind', {name: 'token', digest}]
    expect(lines()[0]).toMatchObject({argv: ['key', ...bound, '--', '--bind', 'kept=1']})
  })

  it('forgets the oldest runs, and those of more than a month ago', () => {
    mkdirSync(folder, {recursive: true, mode: 0o700})
    const day = 86_400_000
    const id = (age: number, index: number) => `${(Date.now() - age).toString(36)}-${index}`
    const recent = Array.from({length: 210}, (_, index) => id(1_000 + index, index))
    const old = [`${id(31 * day, 1)}.jsonl`, `${id(31 * day, 1)}.2.jsonl`, `${id(2 * day, 1)}.jsonl.1.draft`]
    for (const name of [...recent.map((run) => `${run}.jsonl`), ...old, 'notes.txt']) writeFileSync(join(folder, name), '')
    journal().hear(acts)
    const left = readdirSync(folder)
    expect(left).toHaveLength(201)
    expect(left).toEqual(expect.arrayContaining([`${run}.jsonl`, `${recent[0]}.jsonl`, 'notes.txt']))
    for (const name of old) expect(left).not.toContain(name)
  })

  it('that cannot be begun is done without, and said so', () => {
    mkdirSync(folder, {recursive: true})
    chmodSync(folder, 0o777)
    const written = journal()
    written.hear(acts)
    written.hear(intends)
    expect(() => written.assureWritten()).not.toThrow()
    expect(warnings).toEqual([expect.stringMatching(/cannot be resumed: .* is not yours alone/)])
    expect(readdirSync(folder)).toEqual([])
  })

  it('of which a part cannot be written stops the run before its next change', () => {
    const written = journal()
    written.hear(acts)
    const path = join(folder, `${run}.jsonl`)
    const own = openFiles().filter(([, target]) => target.startsWith(path))
    for (const [fd] of own) closeSync(fd)
    written.hear(intends)
    expect(() => written.assureWritten()).toThrow('What the run does cannot be recorded')
    expect(lines().at(-1)).toMatchObject(acts)
  })
})

function openFiles(): [fd: number, path: string][] {
  return readdirSync('/proc/self/fd').flatMap((fd): [number, string][] => {
    try {
      return [[Number(fd), readlinkSync(`/proc/self/fd/${fd}`)]]
    } catch {
      // The one by which the folder was read.
      return []
    }
  })
}
