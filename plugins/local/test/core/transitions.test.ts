import type {ScheduleStatus} from '@auroractl/cli/thrift'
import {describe, expect, test} from 'vitest'
import {Draft} from '../../src/core/draft.ts'
import {transition} from '../../src/core/machine.ts'
import {restoreState} from '../../src/core/state.ts'
import type {Task} from '../../src/core/task.ts'
import {TRANSITIONS} from '../../src/core/transitions.ts'
import {JOB, taskConfig} from '../fixtures.ts'

/**
 * The reference's table (reference/thrift-api.md §7), for a service that ran for long: K its agent kills it, R a copy comes,
 * F a failure is counted, L it is lost at once, D its record is deleted.
 */
const ON_AGENT = 'FINISHED(R) FAILED(FR) RESTARTING(K) DRAINING(K) PREEMPTING(K) KILLING(K) KILLED(R)'
const INTERRUPTED = 'FINISHED(R) FAILED(R) KILLED(R) LOST(KR) KILLING'
const TABLE: Record<ScheduleStatus, string> = {
  INIT: 'PENDING THROTTLED',
  PENDING: 'ASSIGNED KILLING(D)',
  THROTTLED: 'PENDING KILLING(D)',
  ASSIGNED: `STARTING RUNNING LOST(RK) ${ON_AGENT}`,
  STARTING: `RUNNING PARTITIONED LOST(R) ${ON_AGENT}`,
  RUNNING: `PARTITIONED LOST(R) ${ON_AGENT}`,
  // L goes on to LOST, with what that brings from there.
  PARTITIONED: 'LOST(KR) FAILED(FR) FINISHED RUNNING ASSIGNED STARTING RESTARTING(LKR) DRAINING(LKR) PREEMPTING(LKR) KILLING(L)',
  PREEMPTING: `${INTERRUPTED} PARTITIONED(LKR)`,
  RESTARTING: `${INTERRUPTED} PARTITIONED(LKR)`,
  DRAINING: `${INTERRUPTED} PARTITIONED(LKR)`,
  KILLING: 'FINISHED FAILED KILLED LOST PARTITIONED(LK)',
  FINISHED: '',
  FAILED: '',
  KILLED: '',
  LOST: '',
}
const STATUSES = Object.keys(TABLE) as ScheduleStatus[]

function taskIn(status: ScheduleStatus): Task {
  return {
    id: 'task',
    job: JOB,
    instanceId: 0,
    config: taskConfig(),
    status,
    events: [
      {at: 0, status: 'PENDING'},
      {at: 1, status},
    ],
    failureCount: 0,
    timesPartitioned: 0,
    ports: {},
  }
}

/** What a transition did, in the letters of the table; undefined when it was refused. */
function effectsOf(from: ScheduleStatus, to: ScheduleStatus): string | undefined {
  const before = taskIn(from)
  const draft = new Draft(restoreState([before]), 10 ** 9, '00000000-0000-4000-8000-000000000000')
  const changed = transition(draft, before, to)
  const {saved, deleted} = draft.changes
  const after = saved.find(({id}) => id === 'task')
  if (!changed) {
    const ignored = saved.length === 0 && deleted.length === 0 && draft.effects.every(({type}) => type === 'illegal')
    return ignored && draft.effects.length === 1 ? undefined : 'refused, but not without effect'
  }
  const letters = {
    K: draft.effects.some(({type}) => type === 'kill'),
    R: saved.some(({ancestorId}) => ancestorId === 'task'),
    F: after?.failureCount === 1,
    L: to !== 'LOST' && after?.status === 'LOST',
    D: deleted.includes('task'),
  }
  return Object.entries(letters)
    .filter(([, happened]) => happened)
    .map(([letter]) => letter)
    .sort()
    .join('')
}

describe.each(STATUSES)('from %s', (from) => {
  const row = new Map(
    TABLE[from]
      .split(' ')
      .filter((entry) => entry !== '')
      .map((entry) => [entry.replace(/\(.*/, ''), [...(/\((.*)\)/.exec(entry)?.[1] ?? '')].sort().join('')]),
  )

  test.each(STATUSES.filter((to) => to !== from))('to %s', (to) => {
    expect(effectsOf(from, to)).toBe(row.get(to))
  })
})

test('the same status is no change, and not counted as illegal', () => {
  const task = taskIn('RUNNING')
  const draft = new Draft(restoreState([task]), 5, 'seed')
  expect(transition(draft, task, 'RUNNING')).toBe(false)
  expect([draft.effects, draft.changes]).toEqual([[], {saved: [], deleted: []}])
})

test('every status has a row', () => {
  expect(Object.keys(TRANSITIONS).sort()).toEqual(STATUSES.toSorted())
})
