import {describe, expect, it} from 'vitest'
import {UserError} from '../../src/model/errors.ts'
import {explain, overview} from '../../src/schema/documentation/explain.ts'

/** What is said of a path that leads nowhere. */
function refusal(path: string): string {
  try {
    explain(path)
  } catch (error) {
    if (error instanceof UserError) return `${error.exitCode} ${error.message} ${error.remedy}`
    throw error
  }
  return 'explained'
}

describe('a path', () => {
  it.each([
    ['job.task.processes.cmdline', 'Job.task.processes.cmdline'],
    ['task.processes[0].max_failures', 'Job.task.processes.max_failures'],
    ['MesosJob.Task', 'Job.task'],
    ['update_config', 'Job.update_config'],
    ['health_check_config.health_checker.http.endpoint', 'Job.health_check_config.health_checker.http.endpoint'],
    ['cmdline', 'Process.cmdline'],
    ['process', 'Process'],
    ['task', 'Job.task'],
    ['Task', 'Task'],
    ['Service', 'Service'],
    ['service', 'Job.service'],
    ['sequentialtask', 'SequentialTask'],
    ['mesos', 'Mesos'],
    ['mesos.instance', 'mesos.instance'],
    ['{{thermos.ports[http]}}', 'thermos.ports'],
    ['announce.portmap[aurora]', 'Job.announce.portmap'],
    ['container.docker.image', 'Job.container.Docker.image'],
    ['sla_policy.percentage', 'Job.sla_policy.PercentageSlaPolicy.percentage'],
  ])('%s leads to %s', (path, full) => {
    expect(explain(path).path).toBe(full)
  })

  it.each([
    ['job.taks', "6 Job has no field 'taks'; did you mean 'task'? 'aurora config explain Job' shows what there is."],
    ['Proces', "did you mean 'Process'"],
    ['batch_size', "'batch_size' is a field of several structs. Name one of them: "],
    ['container.image', 'Name one of them: Job.container.Docker.image, Job.container.Mesos.image.'],
    ['instances.x', 'Job.instances has no fields.'],
    ['order.x', 'order has no fields.'],
    ['xyzzy', "The configuration language has no 'xyzzy'. 'aurora config explain' shows what there is."],
    ['', "The configuration language has no ''."],
    ['job..task', "Job has no field ''."],
    ['__proto__', "The configuration language has no '__proto__'."],
  ])('%s is refused', (path, says) => {
    expect(refusal(path)).toContain(says)
  })
})

describe('an explanation', () => {
  it('tells type, default and unit of a field', () => {
    expect(explain('update_config.watch_secs')).toMatchObject({
      kind: 'field',
      type: 'Integer',
      required: false,
      default: 45,
      unit: 'seconds',
    })
  })

  it('tells what must be given, and what has no default', () => {
    expect(explain('job.role')).toMatchObject({required: true})
    expect(explain('job.contact')).not.toHaveProperty('default')
  })

  it('writes defaults and examples as Python does', () => {
    expect(explain('job.lifecycle').defaultText).toBe('LifecycleConfig(http = HttpLifecycleConfig())')
    expect(explain('RotatePolicy.log_size').defaultText).toBe('100*MB')
    expect(explain('process.daemon').defaultText).toBe('False')
    expect(explain('announce.portmap').defaultText).toBe("{'aurora': '{{primary_port}}'}")
    expect(explain('container').example?.python).toBe(
      "container = Docker(\n  image = 'python:3.13',\n  parameters = [Parameter(name = 'env', value = 'MODE=prod')],\n)",
    )
  })

  it('shows the fields of each struct that a value may be', () => {
    expect(explain('sla_policy').structs?.map(({name}) => name)).toEqual(['CoordinatorSlaPolicy', 'CountSlaPolicy', 'PercentageSlaPolicy'])
    expect(explain('task.processes').structs).toMatchObject([
      {name: 'Process', fields: [{name: 'cmdline', required: true}, {}, {}, {}, {}, {}, {}, {}, {}]},
    ])
  })

  it('goes into fields of fields only when asked to', () => {
    const taskIn = (recursive: boolean) => explain('Job', {recursive}).structs?.[0]?.fields.find(({name}) => name === 'task')
    expect(taskIn(false)).not.toHaveProperty('structs')
    expect(taskIn(true)).toMatchObject({
      structs: [{name: 'Task', fields: [{name: 'name'}, {name: 'processes', structs: [{name: 'Process'}]}, {}, {}, {}, {}, {}, {}]}],
    })
  })

  it('tells the values of an enumeration and what they mean', () => {
    expect(explain('process.logger.mode')).toMatchObject({
      type: 'Enum(standard, rotate)',
      values: [{value: 'standard', text: expect.stringMatching(/without limit/)}, {value: 'rotate'}],
    })
  })

  it('tells what is deprecated, and what came after Aurora 0.8', () => {
    expect(explain('production').deprecated).toBe("Use tier = 'preferred'.")
    expect(explain('tier').since).toBe('after 0.8')
    expect(explain('instances')).not.toHaveProperty('since')
  })
})

it('explains everything that the overview lists', () => {
  const {structs, helpers, references} = overview()
  expect([structs.length > 30, helpers.length > 20, references.length]).toEqual([true, true, 8])
  for (const {name} of [...structs, ...helpers, ...references]) expect(explain(name).path).toBe(name)
})
