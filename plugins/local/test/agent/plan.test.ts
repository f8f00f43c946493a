import * as fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {Plan, type PlanProcess, type RunResult, TOTAL_RUN_LIMIT} from '../../src/agent/plan.ts'
import {needsOf} from '../../src/agent/schedule.ts'

const make = (name: string, fields: Partial<PlanProcess> = {}): PlanProcess => ({
  name,
  daemon: false,
  ephemeral: false,
  maxFailures: 1,
  minDuration: 0,
  ...fields,
})

function planOf(
  processes: PlanProcess[],
  orders: string[][] = [],
  limits: Partial<{maxFailures: number; maxConcurrency: number}> = {},
): Plan {
  const schedule = needsOf(processes, orders)
  if (!schedule.ok) throw new Error(schedule.problem)
  return new Plan(processes, schedule.needs, {maxFailures: 1, maxConcurrency: 0, ...limits})
}

function once(plan: Plan, name: string, result: RunResult, at = 0): void {
  plan.started(name)
  plan.ended(name, result, at)
}

describe('a plan', () => {
  it('starts a process when all before it have finished', () => {
    const plan = planOf(
      [make('a'), make('b'), make('c')],
      [
        ['a', 'b'],
        ['c', 'b'],
      ],
    )
    expect(plan.startable(0)).toEqual(['a', 'c'])
    once(plan, 'a', 'SUCCESS')
    expect(plan.startable(0)).toEqual(['c'])
    once(plan, 'c', 'SUCCESS')
    expect(plan.startable(0)).toEqual(['b'])
    expect(plan.complete).toBe(false)
    once(plan, 'b', 'SUCCESS')
    expect([plan.complete, plan.healthy]).toEqual([true, true])
  })

  it('is deadlocked when what is left waits for what has failed, though the task may still have a failure', () => {
    const plan = planOf([make('a'), make('b')], [['a', 'b']], {maxFailures: 2})
    once(plan, 'a', 'FAILED')
    expect([plan.complete, plan.deadlocked, plan.healthy]).toEqual([false, true, false])
  })

  it('counts permanently failed processes, not runs, against the task', () => {
    const plan = planOf([make('a', {maxFailures: 3}), make('b')], [], {maxFailures: 2})
    for (let run = 0; run < 3; run++) once(plan, 'a', 'FAILED')
    expect([[...plan.failed], plan.healthy]).toEqual([['a'], true])
    once(plan, 'b', 'FAILED')
    expect([plan.complete, plan.healthy]).toEqual([true, false])
  })

  it('waits min_duration from the end of the previous run', () => {
    const plan = planOf([make('a', {maxFailures: 0, minDuration: 5})])
    once(plan, 'a', 'FAILED', 1000)
    expect([plan.startable(5999), plan.nextStart(5999), plan.deadlocked]).toEqual([[], 6000, false])
    expect([plan.startable(6000), plan.nextStart(6000)]).toEqual([['a'], undefined])
  })

  it('runs a daemon again, until it has run a hundred times', () => {
    const plan = planOf([make('d', {daemon: true})])
    for (let run = 1; run < TOTAL_RUN_LIMIT; run++) once(plan, 'd', 'SUCCESS')
    expect(plan.startable(0)).toEqual(['d'])
    once(plan, 'd', 'SUCCESS')
    expect([plan.complete, plan.healthy]).toEqual([true, false])
  })

  it.each(['KILLED', 'LOST'] as const)('does not count %s as a failure, but as a run', (result) => {
    const plan = planOf([make('a')])
    for (let run = 1; run < TOTAL_RUN_LIMIT; run++) once(plan, 'a', result)
    expect([plan.healthy, plan.startable(0)]).toEqual([true, ['a']])
    once(plan, 'a', result)
    expect(plan.healthy).toBe(false)
  })

  it('is complete while ephemeral processes run, and takes their failure for an end', () => {
    const plan = planOf([make('a'), make('e', {ephemeral: true}), make('f', {ephemeral: true})])
    plan.started('e')
    once(plan, 'f', 'FAILED')
    once(plan, 'a', 'SUCCESS')
    expect([plan.complete, plan.healthy, [...plan.failed]]).toEqual([true, true, []])
  })

  it('is complete when it is empty', () => {
    expect([planOf([]).complete, planOf([]).healthy]).toEqual([true, true])
  })
})

describe('the order of processes', () => {
  it.each([
    [[['a', 'x']], 'Invalid process dependencies!'],
    [[[]], 'Invalid process dependencies!'],
    [
      [
        ['a', 'b'],
        ['b', 'a'],
      ],
      'Cycles detected in the task schedule!',
    ],
    [[['a', 'a']], 'Cycles detected in the task schedule!'],
    [[['d', 'a']], 'Process a may not depend upon daemon process d'],
    [[['e', 'a']], 'Non-ephemeral process a may not depend upon ephemeral process e'],
  ])('%j: %s', (orders, problem) => {
    const processes = [make('a'), make('b'), make('d', {daemon: true}), make('e', {ephemeral: true})]
    expect(needsOf(processes, orders)).toEqual({ok: false, problem})
  })

  it('ignores an order of strangers, and takes one for the plan that has all its names', () => {
    const [a, b, final] = [make('a'), make('b'), make('z')]
    expect(needsOf([a, b], [['x', 'y'], ['z']], [a, b, final])).toMatchObject({ok: true})
    expect(needsOf([a, b], [['a', 'z']], [a, b, final])).toMatchObject({ok: false})
    expect(needsOf([a, b], [['x', 'z']], [a, b, final])).toMatchObject({ok: false})
  })
})

const NAMES = ['a', 'b', 'c', 'd', 'e']
const world = fc.record({
  processes: fc.tuple(
    ...NAMES.map((name) =>
      fc.record({
        name: fc.constant(name),
        daemon: fc.boolean(),
        ephemeral: fc.boolean(),
        maxFailures: fc.integer({min: 0, max: 3}),
        minDuration: fc.integer({min: 0, max: 3}),
      }),
    ),
  ),
  orders: fc.array(fc.subarray(NAMES, {minLength: 1}), {maxLength: 3}),
  maxFailures: fc.integer({min: 0, max: 3}),
  maxConcurrency: fc.integer({min: 0, max: 3}),
})
const results = fc.array(
  fc.record({pick: fc.nat(), result: fc.constantFrom<RunResult[]>('SUCCESS', 'FAILED', 'KILLED', 'LOST'), wait: fc.nat(4000)}),
  {maxLength: 700},
)

describe('any plan, whatever happens to its processes', () => {
  it('starts nothing too early, too often, or twice at once, and comes to an end', () => {
    fc.assert(
      fc.property(world, results, ({processes, orders, ...limits}, happenings) => {
        const schedule = needsOf(processes, orders)
        fc.pre(schedule.ok)
        if (!schedule.ok) return
        const plan = new Plan(processes, schedule.needs, limits)
        const runs = new Map<string, number>()
        const lastEnd = new Map<string, number>()
        let now = 0
        for (const {pick, result, wait} of happenings) {
          for (const name of plan.startable(now)) {
            expect(plan.running.has(name)).toBe(false)
            for (const needed of schedule.needs.get(name) ?? []) expect(plan.finished.has(needed)).toBe(true)
            const {minDuration = 0} = processes.find((process) => process.name === name) ?? {}
            const end = lastEnd.get(name)
            expect(end === undefined || now - end >= minDuration * 1000).toBe(true)
            plan.started(name)
            runs.set(name, (runs.get(name) ?? 0) + 1)
            expect(runs.get(name)).toBeLessThanOrEqual(TOTAL_RUN_LIMIT)
          }
          expect(plan.running.size).toBeLessThanOrEqual(limits.maxConcurrency === 0 ? NAMES.length : limits.maxConcurrency)
          const running = [...plan.running]
          const next = plan.nextStart(now)
          // As long as it is not complete, something runs, or is about to start, or it says that it is stuck.
          const stuck = !plan.complete && running.length === 0 && next === undefined && plan.startable(now).length === 0
          expect(plan.deadlocked).toBe(stuck)
          now = running.length === 0 ? (next ?? now) : now + wait
          const name = running[pick % Math.max(1, running.length)]
          if (name === undefined) continue
          plan.ended(name, result, now)
          lastEnd.set(name, now)
        }
        for (const name of plan.failed) expect(plan.finished.has(name)).toBe(false)
      }),
      {numRuns: 150},
    )
  })

  it('is the same plan again when its events are replayed', () => {
    fc.assert(
      fc.property(world, results, ({processes, orders, ...limits}, happenings) => {
        const schedule = needsOf(processes, orders)
        fc.pre(schedule.ok)
        if (!schedule.ok) return
        const [plan, replayed] = [new Plan(processes, schedule.needs, limits), new Plan(processes, schedule.needs, limits)]
        const log: ((plan: Plan) => void)[] = []
        const apply = (event: (plan: Plan) => void) => (log.push(event), event(plan))
        let now = 0
        for (const {pick, result, wait} of happenings.slice(0, 60)) {
          for (const name of plan.startable(now)) apply((target) => target.started(name))
          const running = [...plan.running]
          const name = running[pick % Math.max(1, running.length)]
          now += wait
          const at = now
          if (name !== undefined) apply((target) => target.ended(name, result, at))
        }
        for (const event of log) event(replayed)
        const state = (target: Plan) => [
          target.startable(now),
          target.nextStart(now),
          [...target.failed],
          [...target.finished],
          target.complete,
          target.healthy,
        ]
        expect(state(replayed)).toEqual(state(plan))
      }),
      {numRuns: 100},
    )
  })
})
