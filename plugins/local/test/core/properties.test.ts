import {ACTIVE_STATES, decodeStruct, encodeStruct, type ScheduleStatus} from '@auroractl/cli/thrift'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {allTasks, emptyState, restoreState, type State} from '../../src/core/state.ts'
import {fromScheduledTask, jobPath, toScheduledTask, type Task} from '../../src/core/task.ts'
import {nextDue} from '../../src/core/tick.ts'
import {JOB, resources, Simulation, taskConfig} from '../fixtures.ts'

/** The reference's table, written down a second time: what may follow what (reference/thrift-api.md §7). */
const ENDS = 'FINISHED FAILED KILLED LOST'
const INTERRUPTS = 'RESTARTING DRAINING PREEMPTING KILLING'
const FOLLOWS: Record<ScheduleStatus, string> = {
  INIT: 'PENDING THROTTLED',
  PENDING: 'ASSIGNED',
  THROTTLED: 'PENDING',
  ASSIGNED: `STARTING RUNNING ${ENDS} ${INTERRUPTS}`,
  STARTING: `RUNNING PARTITIONED ${ENDS} ${INTERRUPTS}`,
  RUNNING: `PARTITIONED ${ENDS} ${INTERRUPTS}`,
  PARTITIONED: `LOST FAILED FINISHED RUNNING ASSIGNED STARTING ${INTERRUPTS}`,
  RESTARTING: `${ENDS} PARTITIONED KILLING`,
  DRAINING: `${ENDS} PARTITIONED KILLING`,
  PREEMPTING: `${ENDS} PARTITIONED KILLING`,
  KILLING: `${ENDS} PARTITIONED`,
  FINISHED: '',
  FAILED: '',
  KILLED: '',
  LOST: '',
}

const SERVICE = taskConfig({resources: resources(1, 1n, 1n, 'http')})
const ADHOC = taskConfig({job: {...JOB, name: 'batch'}, isService: false, maxTaskFailures: 3})

const step = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('create' as const),
      config: fc.constantFrom(SERVICE, ADHOC),
      count: fc.integer({min: 1, max: 3}),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({do: fc.constant('offer' as const), cpus: fc.integer({min: 0, max: 8}), ports: fc.integer({min: 0, max: 4})}),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('report' as const),
      task: fc.nat(),
      status: fc.constantFrom('STARTING', 'RUNNING', 'FINISHED', 'FAILED', 'KILLED', 'LOST'),
    }),
  },
  {weight: 2, arbitrary: fc.record({do: fc.constant('kill' as const), instances: fc.subarray([0, 1, 2])})},
  {weight: 2, arbitrary: fc.record({do: fc.constant('restart' as const), instances: fc.subarray([0, 1, 2])})},
  {
    weight: 5,
    arbitrary: fc.record({do: fc.constant('pass' as const), ms: fc.constantFrom(0, 1, 15_000, 30_000, 300_000, 3_600_000, 172_800_000)}),
  },
)

/** Tasks as a store keeps them: bytes by id. */
function store(bytes: Map<string, Buffer>, {saved, deleted}: {saved: readonly Task[]; deleted: readonly string[]}): void {
  for (const task of saved) bytes.set(task.id, encodeStruct('ScheduledTask', toScheduledTask(task, 'host')))
  for (const id of deleted) expect(bytes.delete(id)).toBe(true)
}

function restored(bytes: Map<string, Buffer>): State {
  return restoreState([...bytes.values()].map((record) => fromScheduledTask(decodeStruct('ScheduledTask', record))))
}

function tasksById(state: State): Map<string, Task> {
  return new Map([...allTasks(state)].map((task) => [task.id, task]))
}

test('no sequence of events makes the state illegal, loses an instance, or lets the store disagree', () => {
  fc.assert(
    fc.property(fc.array(step, {maxLength: 80, size: 'max'}), (steps) => {
      const simulation = new Simulation(emptyState())
      const bytes = new Map<string, Buffer>()
      const wanted = new Set<number>()
      for (const one of steps) {
        const before = tasksById(simulation.state)
        const decision =
          one.do === 'create'
            ? simulation.create(one.config, one.count)
            : one.do === 'offer'
              ? simulation.offer({
                  resources: {cpus: one.cpus, ramMb: 1000, diskMb: 1000, gpus: 0},
                  ports: [31_000, 31_001, 31_002, 31_003].slice(0, one.ports),
                })
              : one.do === 'report'
                ? simulation.report([...before.keys()][one.task % (before.size + 1)] ?? 'nobody', one.status)
                : one.do === 'kill'
                  ? simulation.kill(one.instances)
                  : one.do === 'restart'
                    ? simulation.restart(one.instances)
                    : simulation.pass(one.ms)
        if (one.do === 'create' && one.config === SERVICE && decision.answer?.responseCode === 'OK') {
          for (let id = 0; id < one.count; id++) wanted.add(id)
        }
        if (one.do === 'kill') for (const id of one.instances.length > 0 ? one.instances : [0, 1, 2]) wanted.delete(id)
        store(bytes, decision.changes)
        check(before, simulation.state, wanted)
        expect(restored(bytes).jobs).toEqual(new Map([...simulation.state.jobs].map(([path, tasks]) => [path, tasks])))
      }
    }),
    {numRuns: 300},
  )
})

function check(before: ReadonlyMap<string, Task>, state: State, wanted: ReadonlySet<number>): void {
  const active = new Set<string>()
  const ports = new Set<number>()
  for (const task of allTasks(state)) {
    const statuses = task.events.map(({status}) => status)
    expect(statuses.at(-1)).toBe(task.status)
    for (const [index, status] of statuses.entries()) {
      const follows = index === 0 ? FOLLOWS.INIT : FOLLOWS[statuses[index - 1] ?? 'INIT']
      expect(follows.split(' ')).toContain(status)
    }
    expect(task.events.slice(0, before.get(task.id)?.events.length ?? 0)).toEqual(before.get(task.id)?.events ?? [])
    expect(task.events.map(({at}) => at)).toEqual(task.events.map(({at}) => at).sort((a, b) => a - b))
    if (!ACTIVE_STATES.has(task.status)) continue
    const instance = `${jobPath(task.job)}/${task.instanceId}`
    expect(active).not.toContain(instance)
    active.add(instance)
    for (const port of Object.values(task.ports)) {
      expect(ports).not.toContain(port)
      ports.add(port)
    }
  }
  for (const id of wanted) expect(active).toContain(`${jobPath(JOB)}/${id}`)
}

test('whatever is due is done at its time: the next one is always later', () => {
  fc.assert(
    fc.property(fc.array(step, {maxLength: 40, size: 'max'}), (steps) => {
      const simulation = new Simulation(emptyState())
      for (const one of steps) {
        if (one.do === 'create') simulation.create(one.config, one.count)
        else if (one.do === 'offer') simulation.offer()
        else if (one.do === 'report') simulation.report([...tasksById(simulation.state).keys()][one.task % 5] ?? 'nobody', one.status)
        else if (one.do === 'kill') simulation.kill(one.instances)
        else if (one.do === 'restart') simulation.restart(one.instances)
      }
      simulation.pass(0)
      for (let round = 0; round < 20; round++) {
        const due = nextDue(simulation.state, simulation.now)
        if (due === undefined) return
        expect(due).toBeGreaterThan(simulation.now)
        const {effects, changes} = simulation.pass(due - simulation.now)
        expect(effects.length + changes.saved.length).toBeGreaterThan(0)
      }
    }),
  )
})
