import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {type LoadedConfig, loadConfig} from '../../src/config/load.ts'
import {listJobs} from '../../src/config/keys.ts'
import {selectJob} from '../../src/config/select.ts'
import {UserError} from '../../src/model/errors.ts'
import {parseJobKey} from '../../src/model/job-key.ts'
import type {Binding, Job} from '../../src/schema/job.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aurora-data-'))
})
afterEach(() => rmSync(folder, {recursive: true}))

async function load(name: string, text: string): Promise<LoadedConfig> {
  const file = join(folder, name)
  writeFileSync(file, text)
  return loadConfig(file)
}

async function only(name: string, text: string, bindings: Binding[] = []): Promise<Job> {
  const config = await load(name, text)
  return selectJob(config, parseJobKey(listJobs(config, bindings)[0] ?? ''), bindings)
}

async function refusal(name: string, text: string): Promise<UserError> {
  const thrown: unknown = await load(name, text).catch((error: unknown) => error)
  if (!(thrown instanceof UserError)) throw new Error('the file was accepted')
  expect(thrown.exitCode).toBe(3)
  return thrown
}

const YAML = `
x-small: &small
  resources: {cpu: 0.5, ram: 1048576, disk: 2097152}
bind: {greeting: hi, deep: {er: [1, 2.0]}}
jobs:
  - cluster: c
    role: r
    environment: devel
    constraints: {8080: 1.0}
    lifecycle:
    task:
      <<: *small
      finalization_wait: '{{wait}}'
      processes:
        - name: p
          cmdline: |
            echo {{greeting}} {{deep.er[1]}}
            echo {{own}}
          bind: {own: mine}
`

describe('YAML', () => {
  test('says what a job is: references, bindings, merged maps, and null for what is not set', async () => {
    const job = await only('a.yaml', YAML, [['wait', '7']])
    expect(job.task).toMatchObject({name: 'p', finalization_wait: 7, resources: {cpu: 0.5, ram: 1048576}})
    expect(job.task.processes?.[0]?.cmdline).toBe('echo hi 2.0\necho mine\n')
    expect(job.constraints).toEqual({'8080': '1.0'})
    expect(job.lifecycle).toBeUndefined()
  })

  test('knows the line of each struct', async () => {
    const config = await load('a.yml', YAML)
    expect(config.jobs[0]?.place).toEqual({file: join(folder, 'a.yml'), line: 6})
  })

  test('lets the own fields of a map win over merged ones, and the first of several over the others', async () => {
    const text = `
a: &a {instances: 1, priority: 1, contact: a}
b: &b {instances: 2, priority: 2}
jobs: [{<<: [*b, *a], instances: 3, cluster: c, role: r, environment: e, name: n, task: {processes: [{name: p, cmdline: x}], resources: {cpu: 1, ram: 1048576, disk: 1048576}}}]
`
    const config = await load('a.yaml', text)
    expect(selectJob(config, parseJobKey('c/r/e/n'))).toMatchObject({instances: 3, priority: 2, contact: 'a'})
    expect(config.warnings.map(({message, place}) => [message, place?.line])).toEqual([
      ['a is not used; beside jobs there is bind', 2],
      ['b is not used; beside jobs there is bind', 3],
    ])
  })

  test.each([
    [
      'a field that no struct has',
      'jobs:\n  - task:\n      procesess: []',
      /:3: jobs\[0\]\.task: Unknown schema attribute procesess; did you mean 'processes'\?$/,
    ],
    ['a name twice', 'name: a\nrole: r\nname: b', /:3: Map keys must be unique/],
    [
      'more names than a job has',
      Array.from({length: 100_000}, (_, i) => `k${i}: 1`).join('\n'),
      /:1: jobs\[0\]: Unknown schema attribute k0\n/,
    ],
    ['a tag of another schema', 'name: !!js/function "x"', /:1: Unresolved tag/],
    ['several documents', 'name: a\n---\nname: b', /:3: a configuration is one document/],
    ['jobs that are no list', 'jobs: {name: a}', /:1: jobs is a list of jobs/],
    ['a job that is none', 'jobs: [1]', /:1: jobs\[0\]: a job is an object with its fields/],
    ['bad indentation', 'name: a\n  role: b', /:1: Nested mappings are not allowed|:2: /],
    ['an alias of nothing', 'name: *a', /:1: nothing before it has the anchor a/],
    ['a name that cannot be bound', 'bind: {"a b": 1}\njobs: []', /:1: "a b" is no name to bind/],
    ['a binding to nothing', 'bind: {a: }\njobs: []', /:1: a name stands for/],
    ['a reference without quotes', 'name: a\npriority: {{p}}', /:2: .*quote the whole text/],
    ['an empty file', '', /:1: It is empty$/],
    ['a list', '- name: a', /:1: It is a list; the list of the jobs is the value of jobs$/],
    ['an alias that holds itself', 'name: &a [*a]', /levels deep/],
  ])('refuses %s', async (_what, text, message) => {
    expect((await refusal('a.yaml', text)).message).toMatch(message)
  })

  test('tells everything that has not the shape of jobs at once', async () => {
    const text = `jobs:
- nam: a
  task: []
- constraints: x
  container: {image: a, parameters: no}
  task:
    processes: {name: p}
- task:
    processes:
    - {name: p, cmdline: x, logger: {mode: rotat, destination: '{{d}}'}}
    resources: {cpu: 1, ram: [1], dsk: 1}
`
    expect((await refusal('a.yaml', text)).message.replaceAll(/\S*a\.yaml/g, 'a.yaml').split('\n')).toEqual([
      'As YAML, this is no configuration:',
      "  a.yaml:2: jobs[0]: Unknown schema attribute nam; did you mean 'name'?",
      '  a.yaml:3: jobs[0].task: Task needs named fields',
      '  a.yaml:4: jobs[1].constraints: It is an object with names and their values',
      '  a.yaml:7: jobs[1].task.processes: It is a list, even of one',
      "  a.yaml:10: jobs[2].task.processes[0].logger.mode: Enum_standard_rotate only accepts the following values: standard, rotate; did you mean 'rotate'?",
      "  a.yaml:11: jobs[2].task.resources: Unknown schema attribute dsk; did you mean 'disk'?",
    ])
  })

  test('refuses a bomb of aliases', async () => {
    const levels = Array.from({length: 30}, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`)
    expect((await refusal('a.yaml', `a0: &a0 x\n${levels.join('\n')}\njobs: []`)).message).toMatch(/aliases/)
  })
})

describe('JSON', () => {
  test('keeps floats, large integers and lines', async () => {
    const config = await load(
      'a.json',
      '{\n"name": 2.0,\n"role": 12345678901234567890, "cluster": "c", "environment": 1e2,\n"task":\n{"name": "t"}}',
    )
    expect(listJobs(config)).toEqual(['c/12345678901234567890/100.0/2.0'])
    const task = config.jobs[0]?.fields.get('task')
    expect(task).toMatchObject({place: {line: 5}})
  })

  test.each([
    ['a comment', '{} // no', /is not valid JSON|Unexpected/],
    [
      'a field that no struct has',
      '{\n"jobs": [\n{"instnaces": 1}]}',
      /:3: jobs\[0\]: Unknown schema attribute instnaces; did you mean 'instances'\?$/,
    ],
    ['a comma too many', '{"name": 1,\n"jobs": [\n{},]}', /a\.json:3: /],
    ['junk', '\u0000\u0001', /is not valid JSON|Unexpected/],
    ['endless nesting', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, /nested too deeply/],
  ])('refuses %s', async (_what, text, message) => {
    expect((await refusal('a.json', text)).message).toMatch(message)
  })
})
