import {describe, expect, test} from 'vitest'
import {checkConfig} from '../../src/config/check.ts'
import type {LoadedConfig} from '../../src/config/load.ts'
import {problemText} from '../../src/config/problem-text.ts'
import {selectJob} from '../../src/config/select.ts'
import type {UserError} from '../../src/model/errors.ts'
import {parseJobKey} from '../../src/model/job-key.ts'
import {jobFromPlain} from '../../src/schema/job.ts'
import type {Problem} from '../../src/schema/problem.ts'
import type {Plain} from '../../src/schema/types.ts'

const TASK = {processes: [{name: 'p', cmdline: 'x'}], resources: {cpu: 1, ram: 2 ** 20, disk: 2 ** 20}}

function job(name: string, fields: Record<string, Plain> = {}): Record<string, Plain> {
  return {cluster: 'c', role: 'r', environment: 'devel', name, task: TASK, ...fields}
}

function config(jobs: Record<string, Plain>[], rest: Partial<LoadedConfig> = {}): LoadedConfig {
  const nothing = {warnings: [], hooks: []} as unknown as Pick<LoadedConfig, 'warnings' | 'hooks' | 'inputs'>
  return {...nothing, file: 'a.aurora', jobs: jobs.map((each) => jobFromPlain(each)), ...rest}
}

const told = (problems: readonly Problem[]): string[] => problems.map(({path, message}) => `${path}: ${message}`)

describe('hooks of a file', () => {
  const hooks = [
    {name: 'Announce', methods: []},
    {name: 'Guard', methods: ['pre_kill_job']},
  ]

  test('that have no method of the protocol are told, of the jobs that enable them', () => {
    const {jobs} = checkConfig(config([job('a', {enable_hooks: true}), job('b')], {hooks}), [])
    expect(jobs.map(({problems, warnings}) => [...problems, ...told(warnings)])).toEqual([
      ['jobs[0].enable_hooks: The hook Announce has no method that is ever asked.'],
      [],
    ])
  })

  test('are not mentioned when there are none', () => {
    expect(checkConfig(config([job('a', {enable_hooks: true})]), []).jobs[0]?.warnings).toEqual([])
  })
})

describe('a job that is selected', () => {
  test('tells its warnings and those of its file, and none of the others', () => {
    const warnings: Problem[] = [{path: '', message: 'it divides'}]
    const heard: Problem[] = []
    const loaded = config([job('a', {production: true}), job('b', {update_config: {batch_size: 0}})], {warnings})
    const selected = selectJob(loaded, parseJobKey('c/r/devel/b'), [], {onWarning: (problem) => heard.push(problem)})
    expect(selected.name).toBe('b')
    expect(told(heard)).toEqual([': it divides', 'jobs[1].update_config.batch_size: Batch size should be greater than 0'])
  })

  test('that is wrong tells all that is wrong with it', () => {
    const loaded = config([job('a', {instances: 'x', contact: '{{nmae}}'})])
    expect(refusal(loaded, 'c/r/devel/a').message).toBe(
      `The configuration was invalid:
  a.aurora: jobs[0].instances: Cannot coerce 'x' to Integer
  a.aurora: jobs[0].contact: Unexpected unbound refs: {{nmae}}.
      Did you mean {{name}}?`,
    )
  })

  test('among a thousand: the first of them, how many more, and the one that was probably meant', () => {
    const error = refusal(config(Array.from({length: 1000}, (_, i) => job(`web${i}`))), 'c/r/devel/wb999')
    expect(error.message.split('\n')).toHaveLength(53)
    expect(error.message).toContain('\nCandidates are:\n  c/r/devel/web0\n')
    expect(error.message).toMatch(/\n {2}… and 950 more$/)
    expect(error.remedy).toBe('Did you mean c/r/devel/web999?')
  })
})

function refusal(loaded: LoadedConfig, key: string): UserError {
  try {
    selectJob(loaded, parseJobKey(key))
  } catch (error) {
    return error as UserError
  }
  throw new Error('it was accepted')
}

test('a file without jobs', () => {
  expect(() => checkConfig(config([]), [])).toThrow('No job defined in this config!')
})

test('the same key twice is an error of the second; the same name elsewhere is none', () => {
  const {jobs} = checkConfig(config([job('a'), job('a', {environment: 'test'}), job('a')]), [])
  expect(jobs.map(({key, problems}) => [key, told(problems)])).toEqual([
    ['c/r/devel/a', []],
    ['c/r/test/a', []],
    ['c/r/devel/a', ['jobs[2]: The job c/r/devel/a is defined twice: it is jobs[0], too.']],
  ])
})

test('a line names its file, which may be another one', () => {
  const place = {file: 'lib/tasks.aurora', line: 7}
  expect(problemText({path: 'jobs[0].task', message: 'm', place}, 'a.aurora')).toBe('lib/tasks.aurora:7: jobs[0].task: m')
  expect(problemText({path: '', message: 'm', hint: 'h'}, 'a.aurora')).toBe('a.aurora: m\n    h')
})
