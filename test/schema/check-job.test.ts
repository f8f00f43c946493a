import {describe, expect, test} from 'vitest'
import {checkJob} from '../../src/schema/check-job.ts'
import {jobFromPlain} from '../../src/schema/job.ts'
import type {Problem} from '../../src/schema/problem.ts'
import {type JobRecords, readJobs} from '../../src/schema/records.ts'
import type {Plain} from '../../src/schema/types.ts'

const MB = 2 ** 20
const RESOURCES = {cpu: 0.5, ram: 64 * MB, disk: 32 * MB}

function record(fields: Record<string, Plain> = {}, task: Record<string, Plain> = {}): Record<string, Plain> {
  const processes = [{name: 'main', cmdline: 'run'}]
  return {cluster: 'c', role: 'www', environment: 'prod', name: 'web', task: {processes, resources: RESOURCES, ...task}, ...fields}
}

function check(fields: Record<string, Plain> = {}, task: Record<string, Plain> = {}) {
  return checkJob(jobFromPlain(record(fields, task)))
}

function process(...lines: (string | Record<string, Plain>)[]): Record<string, Plain> {
  return {
    processes: lines.map((line, i) => (typeof line === 'string' ? {name: `p${i}`, cmdline: line} : {name: `p${i}`, cmdline: 'x', ...line})),
  }
}

function told(problems: readonly Problem[]): string[] {
  return problems.map(({path, message}) => `${path}: ${message}`)
}

function hints(problems: readonly Problem[]): (string | undefined)[] {
  return problems.map(({hint}) => hint)
}

test('a job with nothing wrong', () => {
  const checked = check()
  expect(checked).toMatchObject({problems: [], updateProblems: [], warnings: [], job: {name: 'web', instances: 1}})
})

describe('everything at once', () => {
  test('types, missing fields, references and rules', () => {
    const {problems, job} = check(
      {instances: 'many', name: 'a b', contact: '{{ who }}', cron_collision_policy: 'NOPE', constraints: {host: 'limit:x'}},
      {...process({cmdline: '{{version}}'}, {name: '.x'}), resources: {...RESOURCES, ram: 0}},
    )
    expect(job).toBeUndefined()
    expect(told(problems).toSorted()).toEqual([
      'constraints.host: limit:x is not a valid limit value, must be integer',
      "contact: '{{ who }}' is no reference",
      'cron_collision_policy: Invalid cron collision policy: NOPE',
      "instances: Cannot coerce 'many' to Integer",
      "name: Invalid name 'a b'",
      'task.processes[0].cmdline: Unexpected unbound refs: {{version}}.',
      'task.processes[1].name: Task has invalid process: Invalid process name: .x',
      'task.resources: Must specify ram and disk resources, got ram:0 disk:33554432',
    ])
  })

  test('what is missing, by its path', () => {
    const {cluster: _, ...rest} = record({}, {...process('x'), resources: {cpu: 1, disk: MB}})
    const task = {...(rest['task'] as Record<string, Plain>), processes: [{name: 'a'}, {cmdline: 'b'}]}
    expect(told(checkJob(jobFromPlain({...rest, task})).problems)).toEqual([
      'cluster: Cluster required for job "web"',
      'task.processes[0].cmdline: Process[cmdline] is required.',
      'task.processes[1].name: Process[name] is required.',
      'task.resources.ram: Resources[ram] is required.',
    ])
  })

  test('no rule judges by a field that is wrong itself', () => {
    expect(told(check({instances: 'x', update_config: {max_total_failures: 5}}).problems)).toEqual([
      "instances: Cannot coerce 'x' to Integer",
    ])
    expect(told(check({role: '{{nobody}}'}).problems)).toEqual(['role: Unexpected unbound refs: {{nobody}}.'])
  })

  test('nothing can be made of a default that was unset', () => {
    const empty = {
      types: [],
      objects: [['MesosJob', {...placed(), update_config: {e: 1}, instances: {e: 1}}]],
      jobs: [0],
    } as unknown as JobRecords
    const [job] = readJobs(empty)
    expect(job && told(checkJob(job).problems).filter((each) => each.includes('Empty'))).toEqual([
      'instances: MesosJob[instances] cannot be Empty: leave it out, for its default.',
      'update_config: MesosJob[update_config] cannot be Empty: leave it out, for its default.',
    ])
  })
})

describe('nothing twice', () => {
  test('a reference in a name that other names are made of', () => {
    const {name: _, ...rest} = record({}, process({name: 'p-{{x}}'}))
    expect(told(checkJob(jobFromPlain(rest)).problems)).toEqual(['task.processes[0].name: Unexpected unbound refs: {{x}}.'])
  })

  test('what a missing task would have given', () => {
    const {task: _, name: __, ...rest} = record()
    expect(told(checkJob(jobFromPlain(rest)).problems)).toEqual(['task: Task required for job "{{task.name}}"'])
  })

  test('a reference that is malformed where it is written', () => {
    expect(told(check({contact: '{{task.name}}'}, {name: '{{a-b}}'}).problems)).toEqual(["task.name: '{{a-b}}' is no reference"])
  })

  test('a negative time, which an update refuses as well', () => {
    const {problems, updateProblems} = check({update_config: {watch_secs: -1, batch_size: 0}})
    expect(told(problems)).toEqual(['update_config.watch_secs: Invalid value (-1) specified for watch_secs. Value cannot be less than 0.'])
    expect(told(updateProblems)).toEqual(['update_config.batch_size: Batch size should be greater than 0'])
  })
})

describe('hints', () => {
  test.each<[string, string, string]>([
    ['a field near', '{{instnces}}', 'Did you mean {{instances}}?'],
    ['a field inside near', '{{task.nam}}', 'Did you mean {{task.name}}?'],
    ['a name of the executor near', '{{mesos.instnce}}', 'Did you mean {{mesos.instance}}?'],
    ['a name that shares no more than its scope', '{{mesos.user}}', 'Bind it: --bind mesos.user=VALUE, or .bind(…) in the file.'],
    ['a field that is not set', '{{tier}}', 'The field tier is not set.'],
    ['nothing near', '{{version}}', 'Bind it: --bind version=VALUE, or .bind(…) in the file.'],
    ['a port with a dot', '{{thermos.ports.http}}', 'A port is written {{thermos.ports[http]}}.'],
    [
      'a template of Docker',
      '{{.State}}',
      "{{.State}} means {{State}} here. To keep the braces: Let the shell put the braces together: '{''{name}''}'.",
    ],
    ['blanks', '{{ name }}', 'Write it without blanks: {{name}}.'],
    [
      'a nested late name',
      '{{a[{{mesos.instance}}]}}',
      'Only the executor knows {{mesos.…}} and {{thermos.…}}; they cannot be a part of another reference.',
    ],
    ['an escape', '{{&name}}', "Let the shell put the braces together: '{''{name}''}'."],
  ])('for %s', (_, cmdline, hint) => {
    const {problems} = check({}, process(cmdline))
    expect(problems.map(({path}) => path)).toEqual(['task.processes[0].cmdline'])
    expect(hints(problems)).toEqual([hint])
  })

  test('for a name that was bound', () => {
    const {problems} = checkJob(jobFromPlain(record({}, process('{{verison}}'))), [['version', '1']])
    expect(hints(problems)).toEqual(['Did you mean {{version}}?'])
  })

  test('for a short name, though one that was bound has a letter of it', () => {
    const {problems} = checkJob(jobFromPlain(record({}, process('{{env}}'))), [['e.x', '1']])
    expect(hints(problems)).toEqual(['Bind it: --bind env=VALUE, or .bind(…) in the file.'])
  })

  test('for a number that is made of references', () => {
    const {problems} = checkJob(jobFromPlain(record({instances: '{{cuont}}'})), [['count', '3']])
    expect(problems).toEqual([{path: 'instances', message: "'{{cuont}}' is not an integer", hint: 'Did you mean {{count}}?'}])
  })

  test('for a size as text, and for a field that is made of itself', () => {
    const {problems} = check({}, {resources: {cpu: '{{cpu}}', ram: '64 mb', disk: MB}})
    expect(hints(problems)).toEqual([expect.stringContaining('leads back to itself'), 'It is a number, of bytes: 64*MB.'])
  })

  test('for an order, a policy, a choice', () => {
    expect(hints(check({}, {...process({name: 'main'}), constraints: [{order: ['main', 'mian']}]}).problems)).toEqual([
      'There is no process mian; did you mean main?',
    ])
    const {problems} = check({}, {...process({name: 'main'}), constraints: [{order: ['main', 'a']}, {order: ['b', 'main']}]})
    expect(problems.map(({path}) => path)).toEqual(['task.constraints[0].order[1]', 'task.constraints[1].order[0]'])
    const mixed = check(
      {},
      {...process({name: 'a'}, {name: 'f', final: true}), constraints: [{order: ['u']}, {order: ['a', 'f']}, {order: []}]},
    )
    expect(mixed.problems.map(({path}) => path)).toEqual(['task.constraints[1]', 'task.constraints[2]'])
    expect(hints(check({cron_collision_policy: 'CANCEL_NOW'}).problems)).toEqual(['Did you mean CANCEL_NEW?'])
    expect(check({container: {parameters: []}}).problems).toEqual([{path: 'container.image', message: 'Docker[image] is required.'}])
  })
})

describe('warnings refuse nothing', () => {
  test.each<[string, Record<string, Plain>, Record<string, Plain>, string]>([
    ['production without a tier', {production: true}, {}, "production: production is deprecated: say tier = '…' instead."],
    ['an environment that schedulers do not know', {environment: 'live'}, {}, "environment: Schedulers refuse the environment 'live'"],
    [
      'a primary port that nobody has',
      {announce: {primary_port: 'web', portmap: {}}},
      {},
      "announce.primary_port: Announcer specified primary port as 'web' but no processes have bound that port.",
    ],
    ['processes of one name', {}, process({name: 'a'}, {name: 'a'}), "task.processes[1].name: Another process has the name 'a'"],
    [
      'an order of strangers',
      {},
      {...process('x'), constraints: [{order: ['u']}]},
      'task.constraints[0].order[0]: The order names no process',
    ],
    [
      'a health check without its port',
      {health_check_config: {interval_secs: 5}},
      process('{{thermos.ports[helth]}}'),
      'health_check_config: Nobody checks the health of this job',
    ],
    ['a lifecycle without its port', {lifecycle: {http: {port: 'admin'}}}, {}, 'lifecycle.http.port: Tasks are stopped without a call'],
    [
      'a service on a schedule',
      {service: true, cron_schedule: '* * * * *'},
      {},
      'service: Schedulers refuse a service on a cron schedule.',
    ],
    [
      'a count that lets nothing be killed',
      {sla_policy: {count: 1, duration_secs: 1}},
      {},
      'sla_policy: count=1 will not allow any instances',
    ],
    ['a share of the same kind', {sla_policy: {percentage: 100, duration_secs: 1}}, {}, 'sla_policy: percentage=100 will not allow'],
    [
      'a coordinator without address',
      {sla_policy: {coordinator_url: 'here'}},
      {},
      'sla_policy: The coordinator of the SLA is no http address',
    ],
    ['an SLA that is not there', {update_config: {sla_aware: true}}, {}, 'update_config.sla_aware: Schedulers refuse'],
    ['an empty batch', {update_config: {update_strategy: {batch_sizes: [1, 0]}}}, {}, 'update_config.update_strategy: Schedulers refuse'],
    ['task links', {task_links: {a: 'b'}}, {}, 'task_links: task_links are ignored'],
  ])('%s', (_, fields, task, expected) => {
    const {job, warnings} = check(fields, task)
    expect(job).toBeDefined()
    expect(told(warnings)).toEqual([expect.stringContaining(expected)])
  })

  test('nothing is said of health checks and lifecycles that act, or that nobody asked for', () => {
    const health = {health_check_config: {interval_secs: 5}, lifecycle: {http: {port: 'admin'}}}
    expect(check(health, process('{{thermos.ports[health]}} {{thermos.ports[admin]}}')).warnings).toEqual([])
    expect(check({health_check_config: {health_checker: {shell: {shell_command: 'true'}}}}).warnings).toEqual([])
    expect(check({announce: {}}).warnings).toEqual([])
  })
})

test('what others bind later is no problem', () => {
  const record_ = jobFromPlain(record({container: {image: '{{docker.image[web][1]}}'}}))
  expect(checkJob(record_, [], (address) => address.startsWith('docker.')).job).toMatchObject({
    container: {image: '{{docker.image[web][1]}}'},
  })
  expect(told(checkJob(record_).problems)).toEqual(['container.image: Unexpected unbound refs: {{docker.image[web][1]}}.'])
})

function placed(): Record<string, Plain> {
  return {cluster: 'c', role: 'r', environment: 'prod', name: 'n', task: {d: []}}
}

test('each problem has the line of the innermost struct that is known', () => {
  const records = {
    types: [],
    files: ['hello.aurora', 'lib/processes.aurora'],
    objects: [
      ['Process', {name: 'p', cmdline: '{{x}}'}, [], [1, 7]],
      ['Resources', {cpu: 1, ram: 0, disk: MB}],
      ['Task', {processes: {l: [[0]]}, resources: [1]}, [], [0, 3]],
      ['MesosJob', {cluster: 'c', role: 'r r', environment: 'prod', name: 'n', task: [2]}, [], [0, 5]],
    ],
    jobs: [3],
  } as unknown as JobRecords
  const [job] = readJobs(records)
  const problems = job && checkJob(job).problems
  expect(problems?.map(({path, place}) => [path, place && `${place.file}:${place.line}`])).toEqual([
    ['task.processes[0].cmdline', 'lib/processes.aurora:7'],
    ['role', 'hello.aurora:5'],
    ['task.resources', 'hello.aurora:3'],
  ])
})
