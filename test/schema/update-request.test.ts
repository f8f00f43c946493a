import {describe, expect, it} from 'vitest'
import type {GetTierConfigResult, TaskConfig} from '../../src/model/gen/types.ts'
import {jobFromPlain, type Job, resolveJob} from '../../src/schema/job.ts'
import {withTier} from '../../src/schema/tier.ts'
import {toJobUpdateRequest} from '../../src/schema/update-request.ts'

function jobOf(more: Record<string, string | number | boolean> = {}): Job {
  const task = {processes: [{name: 'p', cmdline: 'true'}], resources: {cpu: 1, ram: 1 << 20, disk: 1 << 20}}
  const {job, problems} = resolveJob(jobFromPlain({cluster: 'c', role: 'r', environment: 'devel', name: 'n', task, ...more}))
  if (!job) throw new Error(JSON.stringify(problems))
  return job
}

function dataOf(config: TaskConfig): string {
  return config.executorConfig?.data ?? ''
}

describe('an update request', () => {
  const fresh = toJobUpdateRequest(jobOf(), {user: 'u', running: []}).taskConfig
  const withData = (data: string): TaskConfig => ({...fresh, executorConfig: {name: 'AuroraExecutor', data}})
  const send = (...running: TaskConfig[]): string => dataOf(toJobUpdateRequest(jobOf(), {user: 'u', running}).taskConfig)

  it.each([
    [
      'keys in another order',
      (data: string) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(data) as object).toReversed())),
    ],
    ['other blanks', (data: string) => JSON.stringify(JSON.parse(data), undefined, 1)],
    ['numbers spelled otherwise', (data: string) => data.replace('15.0', '1.5e1')],
  ])('sends the data of the running tasks for %s', (_, respell) => {
    const theirs = respell(dataOf(fresh))
    expect(theirs).not.toBe(dataOf(fresh))
    expect(send(withData(theirs))).toBe(theirs)
  })

  it.each([
    ['another value', (data: string) => data.replace('"true"', '"false"')],
    ['a key more', (data: string) => data.replace('{', '{"more": 1, ')],
    ['a list in another order', (data: string) => data.replace('"metadata": []', '"metadata": [{"key": "k", "value": "v"}]')],
    ['no JSON', () => 'data'],
  ])('sends its own data for %s', (_, change) => {
    const theirs = change(dataOf(fresh))
    expect(theirs).not.toBe(dataOf(fresh))
    expect(send(withData(theirs))).toBe(dataOf(fresh))
  })

  it('takes the first of several running configurations that mean the same', () => {
    const other = withData(JSON.stringify({...(JSON.parse(dataOf(fresh)) as object), priority: 7}))
    const same = withData(JSON.stringify(JSON.parse(dataOf(fresh))))
    expect(send(other, same)).toBe(dataOf(same))
  })

  it('has the settings, the instances and the limits of the update', () => {
    const request = toJobUpdateRequest(jobOf({instances: 4}), {user: 'u', running: [], only: [{first: 1, last: 2}]})
    expect(request).toMatchObject({instanceCount: 4, settings: {updateGroupSize: 1, updateOnlyTheseInstances: [{first: 1, last: 2}]}})
  })
})

describe('the tier of a job', () => {
  const tier = (name: string, preemptible: boolean, revocable = false) => ({
    name,
    settings: {preemptible: `${preemptible}`, revocable: `${revocable}`},
  })
  const tiers: GetTierConfigResult = {
    defaultTierName: 'preemptible',
    tiers: [tier('revocable', true, true), tier('preferred', false), tier('preemptible', true)],
  }

  it.each([
    [{}, {tier: 'preemptible', production: false}],
    [{production: true}, {tier: 'preferred', production: true}],
    [{tier: 'preferred'}, {tier: 'preferred', production: true}],
    [
      {tier: 'revocable', production: true},
      {tier: 'revocable', production: false},
    ],
    [
      {tier: 'unknown', production: true},
      {tier: 'unknown', production: true},
    ],
  ])('%o becomes %o', (given, expected) => {
    expect(withTier(jobOf(given), tiers)).toMatchObject(expected)
  })

  it('is the default one where none fits', () => {
    expect(withTier(jobOf({production: true}), {defaultTierName: 'only', tiers: [tier('only', true)]})).toMatchObject({tier: 'only'})
  })
})
