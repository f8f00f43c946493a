import {chmodSync, copyFileSync, readFileSync, statSync, truncateSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'
import {afterEach, beforeEach, expect, test} from 'vitest'
import type {Task} from '../../src/core/task.ts'
import {Fault} from '../../src/fault.ts'
import {openStore} from '../../src/store/store.ts'
import {temporaryFolder} from '../cluster.ts'
import {JOB, taskConfig} from '../fixtures.ts'

const OPTIONS = {cluster: 'devcluster', scheduler: 'host-1'}

let folder: ReturnType<typeof temporaryFolder>
let path: string
beforeEach(() => {
  folder = temporaryFolder()
  path = join(folder.path, 'scheduler.db')
})
afterEach(() => folder[Symbol.dispose]())

function task(id: string, changes: Partial<Task> = {}): Task {
  return {
    id,
    job: JOB,
    instanceId: 0,
    config: taskConfig(),
    status: 'RUNNING',
    events: [
      {at: 1, status: 'PENDING'},
      {at: 2, status: 'RUNNING', message: 'ok'},
    ],
    failureCount: 1,
    timesPartitioned: 0,
    host: 'host-1',
    ports: {http: 31_000},
    ...changes,
  }
}

/** A database with many tasks, so that it has many pages. */
function fill(count = 200): void {
  const store = openStore(path, OPTIONS)
  store.commit({saved: Array.from({length: count}, (_, index) => task(`task-${index}`)), deleted: []})
  store.close()
}

function faultOf(open: () => unknown): Fault {
  try {
    open()
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('it opened')
}

test('gives back what was committed, and only that', () => {
  const store = openStore(path, OPTIONS)
  expect(store.tasks).toEqual([])
  store.commit({saved: [task('a'), task('b')], deleted: []})
  store.commit({saved: [task('a', {status: 'FINISHED', ancestorId: 'z'})], deleted: ['b']})
  store.close()
  const again = openStore(path, OPTIONS)
  expect(again.tasks).toEqual([task('a', {status: 'FINISHED', ancestorId: 'z'})])
  again.close()
})

test('a commit that fails leaves nothing of it', () => {
  const store = openStore(path, OPTIONS)
  const broken = task('b', {config: {...taskConfig(), priority: 0.5}})
  expect(() => store.commit({saved: [task('a'), broken], deleted: []})).toThrow(/priority/)
  store.commit({saved: [task('c')], deleted: []})
  store.close()
  const again = openStore(path, OPTIONS)
  expect(again.tasks.map(({id}) => id)).toEqual(['c'])
  again.close()
})

test('what is committed is there for another process at once, without a close', () => {
  const store = openStore(path, OPTIONS)
  store.commit({saved: [task('a')], deleted: []})
  for (const ending of ['', '-wal']) copyFileSync(path + ending, join(folder.path, `copy.db${ending}`))
  const copy = openStore(join(folder.path, 'copy.db'), OPTIONS)
  expect(copy.tasks).toEqual([task('a')])
  copy.close()
  store.close()
})

test("its files are the user's alone", () => {
  const store = openStore(join(folder.path, 'new', 'scheduler.db'), OPTIONS)
  store.commit({saved: [task('a')], deleted: []})
  const mode = (name: string) => statSync(join(folder.path, 'new', name)).mode & 0o777
  expect([mode('.'), mode('scheduler.db'), mode('scheduler.db-wal')]).toEqual([0o700, 0o600, 0o600])
  store.close()
})

test.each<[string, () => void]>([
  ['empty', () => truncateSync(path, 0)],
  ['cut off', () => truncateSync(path, statSync(path).size - 4096)],
  ['cut off within the header', () => truncateSync(path, 50)],
  ['not a database', () => writeFileSync(path, 'x'.repeat(20_000))],
  [
    'overwritten in the middle',
    () => {
      const bytes = readFileSync(path)
      bytes.fill(0xff, 4096 * 3, 4096 * 6)
      writeFileSync(path, bytes)
    },
  ],
  [
    'right but for one record',
    () => {
      const database = new DatabaseSync(path)
      database.prepare('UPDATE task SET record = ? WHERE id = ?').run(Buffer.from('nonsense'), 'task-7')
      database.close()
    },
  ],
])('a file that is %s is an error that names it, and is left as it is', (_, damage) => {
  fill()
  damage()
  const before = readFileSync(path)
  const fault = faultOf(() => openStore(path, OPTIONS))
  expect(fault.code).toBe('local.database-damaged')
  expect(fault.message).toContain(path)
  expect(fault.message).toContain('nothing was changed')
  expect(fault.remedy).toContain('aurora local reset')
  expect(readFileSync(path).equals(before)).toBe(true)
})

test('another version of the tables is refused', () => {
  fill(1)
  const database = new DatabaseSync(path)
  database.exec('PRAGMA user_version = 99')
  database.close()
  expect(faultOf(() => openStore(path, OPTIONS))).toMatchObject({
    code: 'local.database-version',
    remedy: 'Use the newer aurora that wrote it.',
  })
})

test.runIf(process.getuid?.() !== 0)('a file that may not be read is an error that names it', () => {
  fill(1)
  chmodSync(path, 0)
  expect(faultOf(() => openStore(path, OPTIONS))).toMatchObject({
    code: 'local.database-forbidden',
    message: expect.stringContaining(path) as string,
  })
})
