import {expect, test} from 'vitest'
import {scheduledTaskToJson, toSimpleJson} from '../../../src/scheduler/thrift/simple-json.ts'

test('a task: statuses by name, two booleans as such, the others as numbers, what is unset left out', () => {
  const json = scheduledTaskToJson({
    assignedTask: {
      taskId: 't',
      instanceId: 3,
      assignedPorts: {http: 31_000},
      task: {
        job: {role: 'r', environment: 'e', name: 'n'},
        owner: {user: 'r'},
        isService: true,
        production: false,
        priority: 0,
        maxTaskFailures: 1,
        resources: [{ramMb: 128n}],
        constraints: [{name: 'host', constraint: {value: {negated: true, values: ['a']}}}],
        executorConfig: {name: 'AuroraExecutor'},
        container: {mesos: {volumes: [{containerPath: '/c', hostPath: '/h', mode: 'RO'}]}},
      },
    },
    status: 'RUNNING',
    failureCount: 0,
    timesPartitioned: 0,
    taskEvents: [{timestamp: 1_000_000_000_000n, status: 'PENDING'}],
  })
  expect(JSON.parse(JSON.stringify(json))).toEqual({
    assignedTask: {
      taskId: 't',
      instanceId: 3,
      assignedPorts: {http: 31_000},
      task: {
        job: {role: 'r', environment: 'e', name: 'n'},
        owner: {user: 'r'},
        isService: true,
        production: false,
        priority: 0,
        maxTaskFailures: 1,
        resources: [{ramMb: 128}],
        constraints: [{name: 'host', constraint: {value: {negated: 1, values: ['a']}}}],
        executorConfig: {name: 'AuroraExecutor'},
        container: {mesos: {volumes: [{containerPath: '/c', hostPath: '/h', mode: 2}]}},
      },
    },
    status: 'RUNNING',
    failureCount: 0,
    timesPartitioned: 0,
    taskEvents: [{timestamp: 1_000_000_000_000, status: 'PENDING'}],
  })
})

test('without options an enum is its number, known or not', () => {
  expect(toSimpleJson('HostStatus', {host: 'h', mode: 'DRAINED'})).toEqual({host: 'h', mode: 4})
  expect(toSimpleJson('HostStatus', {host: 'h', mode: 'UNKNOWN_9' as never})).toEqual({host: 'h', mode: 9})
})
