import {describe, expect, test} from 'vitest'
import {
  type Binding,
  type Job,
  executorData,
  inspectJob,
  jobJson,
  jobFromPlain,
  requestedPorts,
  resolveJob,
  toJobConfiguration,
  toUpdateSettings,
  validateJob,
} from '../../src/schema.ts'
import type {Plain} from '../../src/schema/types.ts'

const MB = 2 ** 20
const RESOURCES = {cpu: 0.5, ram: 64 * MB, disk: 32 * MB}

function record(fields: Record<string, Plain> = {}, task: Record<string, Plain> = {}): Record<string, Plain> {
  const process = {name: 'main', cmdline: 'run'}
  return {
    cluster: 'c',
    role: 'www',
    environment: 'prod',
    name: 'web',
    task: {processes: [process], resources: RESOURCES, ...task},
    ...fields,
  }
}

function job(fields: Record<string, Plain> = {}, task: Record<string, Plain> = {}, bindings: Binding[] = []): Job {
  const {job: made, problems} = resolveJob(jobFromPlain(record(fields, task)), bindings)
  if (!made) throw new Error(problems.map(({path, message}) => `${path}: ${message}`).join('\n'))
  return made
}

function problemsOf(fields: Record<string, Plain>, task: Record<string, Plain> = {}): string[] {
  return validateJob(job(fields, task)).map(({path, message}) => `${path}: ${message}`)
}

function processes(...list: Record<string, Plain>[]): Record<string, Plain> {
  return {processes: list.map((process) => ({cmdline: 'x', ...process}))}
}

describe('a job', () => {
  test('that is plain has no problems', () => expect(problemsOf({})).toEqual([]))

  test('binds the command line below its own fields, and the old names of its fields', () => {
    const made = job({contact: '{{mesos.role}}-{{who}}'}, {}, [
      ['who', 'me'],
      ['name', 'other'],
    ])
    expect(made).toMatchObject({name: 'web', contact: 'www-me'})
  })

  test('keeps what the executor binds', () => {
    const made = job({}, processes({name: 'main', cmdline: 'run {{mesos.instance}} {{thermos.ports[http]}} {{thermos.task_id}}'}))
    expect(validateJob(made)).toEqual([])
    expect(requestedPorts(made)).toEqual(['http'])
  })

  test('that cannot be typed tells every place', () => {
    const {job: made, problems} = resolveJob(jobFromPlain(record({instances: 'x', priority: 'y'})))
    expect(made).toBeUndefined()
    expect(problems.map(({path}) => path)).toEqual(['instances', 'priority'])
  })

  test('with a malformed reference is refused', () => {
    expect(resolveJob(jobFromPlain(record({contact: '{{ who }}'}))).problems[0]?.message).toContain('no reference')
  })
})

describe('validation', () => {
  test.each<[string, Record<string, Plain>, Record<string, Plain>, string]>([
    ['a name', {name: 'a b'}, {}, "name: Invalid name 'a b'"],
    ['no ram', {}, {resources: {...RESOURCES, ram: 0}}, 'task.resources: Must specify ram and disk resources, got ram:0 disk:33554432'],
    ['little ram', {}, {resources: {...RESOURCES, ram: 1023}}, 'cpu:0.5 ramMb:0 diskMb:32'],
    ['negative cpu', {}, {resources: {...RESOURCES, cpu: -1}}, 'cpu:-1.0 ramMb:64 diskMb:32'],
    ['a limit', {constraints: {host: 'limit:x'}}, {}, 'constraints.host: limit:x is not a valid limit value, must be integer'],
    ['a policy', {cron_collision_policy: 'NOPE'}, {}, 'cron_collision_policy: Invalid cron collision policy: NOPE'],
    ['a process name', {}, processes({name: '.x'}), 'task.processes[0].name: Task has invalid process: Invalid process name: .x'],
    ['a reference', {contact: '{{who}}'}, {}, 'contact: Unexpected unbound refs: {{who}}.'],
    ['an escaped reference', {contact: '{{&who}}'}, {}, 'contact: Unexpected unbound refs: {{who}}.'],
    ['a twice escaped reference', {contact: '{{&&who}}'}, {}, 'contact: Escaped references do not reach the executor.'],
    [
      'an escaped reference that would lose its marks',
      {contact: '{{&&&&who}}'},
      {},
      'contact: Escaped references do not reach the executor.',
    ],
    ['a nested late name', {contact: '{{a[{{mesos.instance}}]}}'}, {}, 'contact: Unexpected unbound refs: {{a[31337]}}.'],
    [
      'a port as a part of a name',
      {},
      processes({name: 'a', cmdline: '{{a[{{thermos.ports[http]}}]}}'}),
      'Unexpected unbound refs: {{a[31337]}}.',
    ],
    [
      'a host as a part of a name',
      {},
      processes({name: 'a', cmdline: '{{a[{{mesos.hostname}}]}}'}),
      'Unexpected unbound refs: {{a[31337]}}.',
    ],
    ['a dotted port', {}, processes({name: 'a', cmdline: '{{thermos.ports.http}}'}), 'Bad port specification "{{thermos.ports.http}}"'],
    ['circular ports', {announce: {portmap: {a: 'b', b: 'a'}}}, {}, 'announce.portmap: Found cycle in portmap!'],
    ['static ports', {announce: {portmap: {http: 80}}}, {}, 'announce.portmap: Job must be dedicated in order to specify static ports!'],
    [
      'failures',
      {instances: 3, update_config: {max_total_failures: 3}},
      {},
      'update_config.max_total_failures: max_total_failures in update_config',
    ],
    ['watching', {update_config: {watch_secs: -1}}, {}, 'update_config.watch_secs: Invalid value (-1) specified for watch_secs.'],
    [
      'an order',
      {},
      {...processes({name: 'a'}), constraints: [{order: ['a', 'zz']}]},
      'task.constraints[0].order[1]: Task has invalid plan: Invalid process dependencies!',
    ],
    [
      'a cycle',
      {},
      {...processes({name: 'a'}, {name: 'b'}), constraints: [{order: ['a', 'b']}, {order: ['b', 'a']}]},
      'Cycles detected in the task schedule!',
    ],
    [
      'a daemon',
      {},
      {...processes({name: 'a'}, {name: 'd', daemon: true}), constraints: [{order: ['d', 'a']}]},
      'Process a may not depend upon daemon process d',
    ],
  ])('refuses %s', (_, fields, task, expected) => {
    const problems = problemsOf(fields, task)
    expect(problems.filter((problem) => problem.includes(expected))).toHaveLength(1)
  })

  test('tells everything at once', () => {
    expect(problemsOf({name: 'a b', contact: '{{x}}', cron_collision_policy: 'NOPE'})).toHaveLength(3)
  })
})

describe('what the scheduler gets', () => {
  test('a whole configuration', () => {
    const made = job({instances: 2, constraints: {host: 'limit:1', rack: '!a,b'}, announce: {}, container: {image: 'x', parameters: []}})
    expect(toJobConfiguration(made, {user: 'jane'})).toMatchObject({
      key: {role: 'www', environment: 'prod', name: 'web'},
      owner: {user: 'jane'},
      instanceCount: 2,
      cronCollisionPolicy: 'KILL_EXISTING',
      taskConfig: {
        resources: [{numCpus: 0.5}, {ramMb: 64n}, {diskMb: 32n}, {namedPort: 'http'}],
        constraints: [
          {name: 'host', constraint: {limit: {limit: 1}}},
          {name: 'rack', constraint: {value: {negated: true, values: ['a', 'b']}}},
        ],
        container: {docker: {image: 'x', parameters: []}},
      },
    })
  })

  test('containers of every kind', () => {
    const of = (container: Plain): unknown => toJobConfiguration(job({container}), {user: 'u'}).taskConfig.container
    expect(of({docker: {image: 'x'}})).toEqual({docker: {image: 'x', parameters: []}})
    expect(of({image: {name: 'n', tag: 't'}})).toEqual({mesos: {image: {docker: {name: 'n', tag: 't'}}, volumes: []}})
    expect(of({image: {name: 'n', image_id: 'i'}, volumes: [{container_path: '/c', host_path: '/h', mode: 'RO'}]})).toEqual({
      mesos: {image: {appc: {name: 'n', imageId: 'i'}}, volumes: [{containerPath: '/c', hostPath: '/h', mode: 'RO'}]},
    })
  })

  test('executor data as Python writes it, whatever the order of the fields given', () => {
    const data = executorData(job({contact: 'é'}))
    expect(data).toMatch(
      /^\{"name": "web", "role": "www", "contact": "\\u00e9", "cluster": "c", "environment": "prod", "task": \{"name": "main", /,
    )
    expect(data).toContain('"initial_interval_secs": 15.0, "interval_secs": 10.0')
    expect(data).toContain('"resources": {"cpu": 0.5, "ram": 67108864, "disk": 33554432, "gpu": 0}')
    expect(data).not.toContain('update_config')
    expect(jobJson(job())).toContain('"update_config": {"batch_size": 1, ')
    const turned = Object.fromEntries(Object.entries(record({contact: 'é'})).toReversed())
    const again = resolveJob(jobFromPlain(turned)).job
    expect(again && executorData(again)).toBe(data)
  })

  test('escaped references as the original passed them on', () => {
    const escaped = job({contact: '{{&&&&&who}}'})
    expect(validateJob(escaped)).toEqual([])
    expect(executorData(escaped)).toContain('"contact": "{{&&who}}"')
  })

  test('update settings', () => {
    expect(toUpdateSettings(job({update_config: {update_strategy: {batch_sizes: [1, 2]}}}).update_config)).toMatchObject({
      updateStrategy: {varBatchStrategy: {groupSizes: [1, 2], autopauseAfterBatch: false}},
      updateGroupSize: 1,
    })
    expect(() => toUpdateSettings(job({update_config: {batch_size: 0}}).update_config)).toThrow('Batch size should be greater than 0')
  })
})

test('job inspect shows job, task and processes', () => {
  const made = job(
    {cron_schedule: '* * * * *'},
    {...processes({name: 'a', final: true}, {name: 'b', final: true, cmdline: 'x\ny'}), constraints: [{order: ['a', 'b']}]},
  )
  expect(inspectJob(made)).toEqual([
    'Job level information',
    "  name:       'web'",
    "  role:       'www'",
    "  cluster:    'c'",
    "  instances:  '1'",
    '  cron:',
    "    schedule: '* * * * *'",
    "    policy:   'KILL_EXISTING'",
    '  service:    False',
    '  production: False',
    '',
    'Task level information',
    "  name: 'a'",
    '  constraints:',
    '  a < b',
    '',
    "Process 'a':",
    '  final',
    '  cmdline:',
    '    x',
    '',
    "Process 'b':",
    '  final',
    '  cmdline:',
    '    x',
    '    y',
    '',
  ])
})
