import {beforeEach, describe, expect, test} from 'vitest'
import {emptyState, tasksOf} from '../../src/core/state.ts'
import {lastEvent, type Task} from '../../src/core/task.ts'
import {JOB, resources, Simulation, taskConfig} from '../fixtures.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

let simulation: Simulation
beforeEach(() => {
  simulation = new Simulation(emptyState())
})

function began({events}: Task): number {
  return events[0]?.at ?? 0
}

/** The newest task of an instance. */
function current(instanceId = 0): Task {
  const task = tasksOf(simulation.state, JOB)
    .filter((one) => one.instanceId === instanceId)
    .sort((a, b) => began(a) - began(b) || (b.ancestorId === a.id ? -1 : 1))
    .at(-1)
  if (!task) throw new Error(`no task of instance ${instanceId}`)
  return task
}

function run(instanceId = 0): Task {
  simulation.offer()
  const {id} = current(instanceId)
  simulation.report(id, 'STARTING')
  simulation.report(id, 'RUNNING')
  return current(instanceId)
}

describe('creating', () => {
  test('puts every instance in place as pending', () => {
    const {answer, changes, effects} = simulation.create(taskConfig(), 3)
    expect(answer).toEqual({responseCode: 'OK', details: []})
    expect(changes.saved.map(({instanceId, status}) => [instanceId, status])).toEqual([
      [0, 'PENDING'],
      [1, 'PENDING'],
      [2, 'PENDING'],
    ])
    expect(new Set(changes.saved.map(({id}) => id)).size).toBe(3)
    expect(changes.saved[0]?.id).toMatch(/^www-devel-hello-0-[0-9a-f-]{36}$/)
    expect(effects).toEqual([])
  })

  test('refuses a job that has active tasks, and changes nothing', () => {
    simulation.create()
    const before = simulation.state
    const {answer, state} = simulation.create()
    expect(answer).toEqual({responseCode: 'INVALID_REQUEST', details: [{message: 'Job www/devel/hello already exists'}]})
    expect(state).toBe(before)
  })

  test('takes a job again after all its tasks ended', () => {
    simulation.create(taskConfig({isService: false}))
    simulation.report(run().id, 'FINISHED')
    expect(simulation.create().answer?.responseCode).toBe('OK')
  })
})

describe('placing', () => {
  test('assigns host and distinct ports, and launches', () => {
    simulation.create(taskConfig({resources: resources(1, 1n, 1n, 'http', 'admin')}), 2)
    const {effects} = simulation.offer()
    const ports = tasksOf(simulation.state, JOB).flatMap((task) => Object.values(task.ports))
    expect(new Set(ports).size).toBe(4)
    expect(current(1)).toMatchObject({status: 'ASSIGNED', host: 'host-1'})
    expect(effects).toHaveLength(2)
    expect(effects[0]).toMatchObject({type: 'launch', task: {...JOB, instanceId: 0, executorData: '{"task": {}}', ports: current(0).ports}})
  })

  test('does not give out the ports of tasks that are there', () => {
    simulation.create(taskConfig({resources: resources(1, 1n, 1n, 'http')}))
    simulation.offer({ports: [31_005]})
    simulation.send({type: 'call', user: 'a', call: {method: 'addInstances', args: {key: {jobKey: JOB, instanceId: 0}, count: 1}}})
    simulation.offer({ports: [31_005]})
    expect(current(1).status).toBe('PENDING')
    expect(simulation.state.vetoes.get(current(1).id)).toEqual(['Insufficient: ports'])
  })

  test('leaves pending what does not fit, with the reason, until it fits', () => {
    simulation.create(taskConfig({resources: resources(60, 200_000n)}))
    simulation.offer()
    expect(current().status).toBe('PENDING')
    expect(simulation.state.vetoes.get(current().id)).toEqual(['Insufficient: RAM'])
    simulation.offer({resources: {cpus: 100, ramMb: 300_000, diskMb: 100, gpus: 0}})
    expect(current().status).toBe('ASSIGNED')
  })

  test.each([
    [{value: {negated: false, values: ['host-1']}}, 'host', []],
    [{value: {negated: true, values: ['host-1']}}, 'host', ['Constraint not satisfied: host']],
    [{value: {negated: false, values: ['a']}}, 'rack', ['Constraint not satisfied: rack']],
    [{value: {negated: true, values: ['a']}}, 'rack', []],
    [{limit: {limit: 1}}, 'host', []],
    [{limit: {limit: 1}}, 'rack', ['Limit not satisfied: rack']],
  ])('judges the constraint %j on %s', (constraint, name, vetoes) => {
    simulation.create(taskConfig({constraints: [{name, constraint}]}))
    simulation.offer()
    expect(simulation.state.vetoes.get(current().id) ?? []).toEqual(vetoes)
  })

  test('a limit counts the tasks of the job on the host', () => {
    simulation.create(taskConfig({constraints: [{name: 'host', constraint: {limit: {limit: 2}}}]}), 3)
    simulation.offer()
    expect(tasksOf(simulation.state, JOB).filter(({status}) => status === 'ASSIGNED')).toHaveLength(2)
    expect([...simulation.state.vetoes.values()]).toEqual([['Limit not satisfied: host']])
  })

  test('serves the higher priority first', () => {
    simulation.create(taskConfig({resources: resources(60)}))
    const other = {...JOB, name: 'urgent'}
    simulation.create(taskConfig({job: other, priority: 5, resources: resources(60)}))
    simulation.offer()
    expect(tasksOf(simulation.state, other)[0]?.status).toBe('ASSIGNED')
    expect(current().status).toBe('PENDING')
  })
})

describe('ending', () => {
  test('an ad-hoc task that finished is over', () => {
    simulation.create(taskConfig({isService: false}))
    simulation.report(run().id, 'FINISHED')
    expect(tasksOf(simulation.state, JOB).map(({status}) => status)).toEqual(['FINISHED'])
  })

  test('a service that finished after long comes back at once, as a copy', () => {
    simulation.create()
    const before = run()
    simulation.now += 6 * MINUTE
    simulation.report(before.id, 'FINISHED')
    expect(current()).toMatchObject({status: 'PENDING', ancestorId: before.id, instanceId: 0})
    expect(current().id).not.toBe(before.id)
    expect(lastEvent(current()).message).toBe('Rescheduled')
  })

  test('a flapping service waits: 30 s, doubled each time, at most 5 min', () => {
    simulation.create()
    const penalties = [30, 60, 120, 240, 300, 300]
    for (const seconds of penalties) {
      simulation.report(run().id, 'FAILED')
      expect(current().status).toBe('THROTTLED')
      expect(lastEvent(current()).message).toBe(`Rescheduled, penalized for ${seconds * SECOND} ms for flapping`)
      simulation.pass(seconds * SECOND - 1)
      expect(current().status).toBe('THROTTLED')
      simulation.pass(1)
      expect(current().status).toBe('PENDING')
    }
  })

  test('a run that was long enough ends the penalties', () => {
    simulation.create()
    simulation.report(run().id, 'FAILED')
    simulation.pass(30 * SECOND)
    const long = run()
    simulation.now += 5 * MINUTE
    simulation.report(long.id, 'FAILED')
    expect(current().status).toBe('PENDING')
  })

  test.each([
    [1, 0],
    [3, 2],
    [-1, 5],
  ])('an ad-hoc task with maxTaskFailures %i comes back %i times', (maxTaskFailures, copies) => {
    simulation.create(taskConfig({isService: false, maxTaskFailures}))
    for (let failures = 0; failures < Math.min(copies + 1, 5); failures++) {
      simulation.report(run().id, 'FAILED')
      simulation.pass(5 * MINUTE)
    }
    expect(tasksOf(simulation.state, JOB).filter(({status}) => status === 'FAILED')).toHaveLength(Math.min(copies + 1, 5))
    expect(current()).toMatchObject(
      maxTaskFailures === -1 ? {status: 'PENDING', failureCount: 5} : {status: 'FAILED', failureCount: maxTaskFailures},
    )
  })

  test.each(['KILLED', 'LOST'] as const)('even an ad-hoc task that was %s from outside comes back', (status) => {
    simulation.create(taskConfig({isService: false}))
    const before = run()
    simulation.now += HOUR
    simulation.report(before.id, status)
    expect(current()).toMatchObject({status: 'PENDING', ancestorId: before.id})
  })
})

describe('killing', () => {
  test('a pending task goes without a trace', () => {
    simulation.create()
    const {id} = current()
    const {answer, changes, effects} = simulation.kill()
    expect(answer).toEqual({responseCode: 'OK', details: []})
    expect(changes).toEqual({saved: [], deleted: [id]})
    expect(effects).toEqual([])
    expect(simulation.state.jobs.size).toBe(0)
  })

  test('a running task is killed by its agent, and does not come back', () => {
    simulation.create()
    const {id} = run()
    const {effects} = simulation.kill(undefined, 'not needed')
    expect(effects).toEqual([{type: 'kill', taskId: id}])
    expect(lastEvent(current())).toMatchObject({status: 'KILLING', message: 'Killed by alice.\nnot needed'})
    simulation.report(id, 'KILLED')
    expect(tasksOf(simulation.state, JOB).map(({status}) => status)).toEqual(['KILLED'])
  })

  test('only the given instances; an empty set is all of them', () => {
    simulation.create(taskConfig(), 4)
    simulation.kill([1, 3])
    expect(tasksOf(simulation.state, JOB).map(({instanceId}) => instanceId)).toEqual([0, 2])
    simulation.kill([])
    expect(simulation.state.jobs.size).toBe(0)
  })

  test('says so when there is nothing to kill', () => {
    expect(simulation.kill().answer).toEqual({responseCode: 'OK', details: [{message: 'No tasks to kill.'}]})
  })

  test('is repeated after 15, 30, 60 … s, and given up after 5 min', () => {
    simulation.create()
    const {id} = run()
    simulation.kill()
    simulation.pass(0)
    const repeated = [15, 15, 30, 60, 120].map((seconds) => {
      const early = simulation.pass(seconds * SECOND - 1).effects.length
      return [early, simulation.pass(1).effects]
    })
    expect(repeated).toEqual(Array.from({length: 5}, () => [0, [{type: 'kill', taskId: id}]]))
    simulation.pass(60 * SECOND)
    expect(lastEvent(current())).toMatchObject({status: 'LOST', message: 'Task timed out'})
  })

  test('a task that runs though it must not is killed again', () => {
    expect(simulation.report('unknown-task', 'RUNNING').effects).toEqual([{type: 'kill', taskId: 'unknown-task'}])
    expect(simulation.report('unknown-task', 'FINISHED').effects).toEqual([])
    simulation.create(taskConfig({isService: false}))
    const {id} = run()
    simulation.report(id, 'FINISHED')
    expect(simulation.report(id, 'RUNNING').effects).toEqual([{type: 'kill', taskId: id}])
  })
})

describe('restarting', () => {
  test('ends the task and brings it back without a penalty', () => {
    simulation.create(taskConfig({isService: false}), 2)
    const {id} = run()
    expect(simulation.restart([0]).effects).toEqual([{type: 'kill', taskId: id}])
    expect(lastEvent(current())).toMatchObject({status: 'RESTARTING', message: 'Restarted by alice'})
    simulation.report(id, 'KILLED')
    expect(current()).toMatchObject({status: 'PENDING', ancestorId: id})
    expect(current(1).status).toBe('ASSIGNED')
  })

  test('refuses when an instance is not active, and when none is given', () => {
    simulation.create()
    expect(simulation.restart([0, 7]).answer).toMatchObject({
      responseCode: 'INVALID_REQUEST',
      details: [{message: 'Not all requested shards are active.'}],
    })
    expect(simulation.restart([]).answer?.responseCode).toBe('ERROR')
  })
})

describe('time', () => {
  test('an assigned task that never starts is lost, killed, and comes back', () => {
    simulation.create()
    simulation.offer()
    const {id} = current()
    const {effects} = simulation.pass(5 * MINUTE)
    expect(effects).toContainEqual({type: 'kill', taskId: id})
    expect(tasksOf(simulation.state, JOB).find((task) => task.id === id)?.status).toBe('LOST')
    expect(current().ancestorId).toBe(id)
  })

  test('history goes after two days, and tells the agent', () => {
    simulation.create(taskConfig({isService: false}))
    const {id} = run()
    simulation.report(id, 'FINISHED')
    simulation.pass(48 * HOUR - 1)
    expect(tasksOf(simulation.state, JOB)).toHaveLength(1)
    const {changes, effects} = simulation.pass(1)
    expect(changes.deleted).toEqual([id])
    expect(effects).toEqual([{type: 'forget', taskId: id}])
  })

  test('beyond a hundred ended tasks of a job the oldest go, but none within its first hour', () => {
    simulation.create(taskConfig({isService: false}), 105)
    simulation.offer({resources: {cpus: 1000, ramMb: 100_000, diskMb: 100_000, gpus: 0}})
    for (const {id} of tasksOf(simulation.state, JOB)) simulation.report(id, 'FINISHED')
    simulation.pass(HOUR - 1)
    expect(tasksOf(simulation.state, JOB)).toHaveLength(105)
    simulation.pass(1)
    expect(tasksOf(simulation.state, JOB)).toHaveLength(100)
  })
})
