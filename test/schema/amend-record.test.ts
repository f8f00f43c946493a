import {describe, expect, it} from 'vitest'
import {amendRecord} from '../../src/schema/amend-record.ts'
import {checkJob} from '../../src/schema/check-job.ts'
import {jobFromPlain} from '../../src/schema/job.ts'
import type {Plain} from '../../src/schema/types.ts'

const RECORD = jobFromPlain({
  cluster: 'west',
  role: 'www',
  environment: 'prod',
  name: 'hello',
  contact: '{{role}}@example.com',
  constraints: {host: 'limit:1', rack: 'a'},
  task: {
    name: 'hello',
    processes: [{name: 'main', cmdline: 'serve --name {{name}} {{mesos.instance}}'}],
    resources: {cpu: 0.5, ram: 64 << 20, disk: 64 << 20},
  },
})
const amended = (...changes: {[name: string]: Plain}[]) => checkJob(changes.reduce((record, each) => amendRecord(record, each), RECORD))

describe('a job that is amended', () => {
  it('has what was said, and all else as it was', () => {
    const before = amended({}).job
    const {job, problems} = amended({instances: 5, task: {resources: {ram: 128 << 20}}})
    expect(problems).toEqual([])
    expect(job).toEqual({...before, instances: 5, task: {...before?.task, resources: {...before?.task.resources, ram: 128 << 20}}})
    expect(job?.task.processes?.[0]?.cmdline).toContain('{{mesos.instance}}')
  })

  it('is typed and bound as a configuration is', () => {
    const {job} = amended({instances: '2', contact: 'ops-{{role}}@example.com', tier: 'preferred'})
    expect(job).toMatchObject({instances: 2, contact: 'ops-www@example.com', tier: 'preferred'})
  })

  it('takes maps part by part, lists as a whole, and null as nothing', () => {
    const {job} = amended({constraints: {host: null, zone: 'b'}, contact: null, metadata: [{key: 'by', value: 'hook'}]})
    expect(job?.constraints).toEqual({rack: 'a', zone: 'b'})
    expect(job?.contact).toBeUndefined()
    expect(job?.metadata).toEqual([{key: 'by', value: 'hook'}])
  })

  it('can be amended again', () => {
    expect(amended({instances: 2}, {priority: 7}).job).toMatchObject({instances: 2, priority: 7})
  })

  it.each([
    [{instances: 'many'}, /^instances: /],
    [{task: {resources: {ram: 'much'}}}, /^task\.resources\.ram: /],
    [{task: {name: null}}, /^task/],
  ])('is refused like a configuration with %j', (changes: {[name: string]: Plain}, message) => {
    const {job, problems} = amended(changes)
    expect(job).toBeUndefined()
    expect(problems.map(({path, message}) => `${path}: ${message}`)).toContainEqual(expect.stringMatching(message))
  })

  it.each([
    [{instancs: 1}, /^instancs: .* no field/],
    [{task: {resources: {rma: 1}}}, /^task\.resources\.rma: .*Resources has no field/],
    [{task: 'none'}, /^task: /],
    [{metadata: [{k: 1}]}, /^metadata: .*k/],
    [{['__proto__']: {instances: 3}}, /__proto__: /],
  ])('has a path in what is wrong with %j', (changes, message) => {
    expect(() => amended(JSON.parse(JSON.stringify(changes)) as {[name: string]: Plain})).toThrow(message)
  })
})
