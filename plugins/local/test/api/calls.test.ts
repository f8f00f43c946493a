import type {JobConfiguration, ScheduledTask, TaskConfig} from '@auroractl/cli/thrift'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {call, temporaryFolder, type TestCluster, testCluster, until} from '../cluster.ts'
import {JOB, jobOf, resources, taskConfig} from '../fixtures.ts'

let folder: ReturnType<typeof temporaryFolder>
let cluster: TestCluster
beforeEach(async () => {
  folder = temporaryFolder()
  cluster = await testCluster(folder.path)
})
afterEach(async () => {
  await cluster[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

async function tasks(): Promise<readonly ScheduledTask[]> {
  return (await call(cluster.port, 'getTasksStatus', [{}])).result?.scheduleStatusResult?.tasks ?? []
}

async function launched(count: number): Promise<string[]> {
  await until(() => cluster.agent.launched.length >= count)
  return cluster.agent.launched.map(({taskId}) => taskId)
}

describe.each(['binary', 'json'] as const)('over %s', (protocol) => {
  test('a job is created, launched, seen, killed', async () => {
    const created = await call(cluster.port, 'createJob', [jobOf(taskConfig({resources: resources(1, 1n, 1n, 'http')}), 2)], protocol)
    expect(created).toMatchObject({responseCode: 'OK', details: [], serverInfo: {clusterName: 'devcluster'}})
    const [first = ''] = await launched(2)
    cluster.agent.report(first, 'STARTING')
    cluster.agent.report(first, 'RUNNING', 'Task is healthy.')
    const {result} = await call(cluster.port, 'getTasksStatus', [{jobKeys: [JOB], statuses: ['RUNNING']}], protocol)
    const [running] = result?.scheduleStatusResult?.tasks ?? []
    expect(running).toMatchObject({status: 'RUNNING', failureCount: 0, assignedTask: {taskId: first, instanceId: 0}})
    expect(running?.taskEvents.map(({status, message}) => [status, message])).toEqual([
      ['PENDING', undefined],
      ['ASSIGNED', undefined],
      ['STARTING', ''],
      ['RUNNING', 'Task is healthy.'],
    ])
    expect(running?.assignedTask.assignedPorts['http']).toBeGreaterThanOrEqual(31_000)
    expect(running?.assignedTask.task).toMatchObject({
      tier: 'preemptible',
      production: false,
      taskLinks: {http: 'http://%host%:%port:http%'},
    })
    expect(await call(cluster.port, 'killTasks', [JOB, [0]], protocol)).toMatchObject({responseCode: 'OK'})
    expect(cluster.agent.killed).toEqual([first])
  })
})

describe('reading', () => {
  test('tasks without configs have no executor data', async () => {
    await call(cluster.port, 'createJob', [jobOf()])
    const {result} = await call(cluster.port, 'getTasksWithoutConfigs', [{}])
    expect(result?.scheduleStatusResult?.tasks[0]?.assignedTask.task.executorConfig).toEqual({name: 'AuroraExecutor'})
    expect((await tasks())[0]?.assignedTask.task.executorConfig?.data).toBe('{"task": {}}')
  })

  test('a query narrows by all its parts, and an empty set does not restrict', async () => {
    await call(cluster.port, 'createJob', [jobOf(taskConfig(), 3)])
    await call(cluster.port, 'createJob', [jobOf(taskConfig({job: {...JOB, role: 'ads'}}))])
    const count = async (query: object) => (await call(cluster.port, 'getTasksStatus', [query])).result?.scheduleStatusResult?.tasks.length
    expect(await count({})).toBe(4)
    expect(await count({taskIds: [], statuses: [], instanceIds: [], slaveHosts: [], jobKeys: []})).toBe(4)
    expect(await count({role: 'www'})).toBe(3)
    expect(await count({role: 'www', instanceIds: [1, 2, 9]})).toBe(2)
    expect(await count({jobKeys: [{...JOB, role: 'ads'}]})).toBe(1)
    expect(await count({environment: 'prod'})).toBe(0)
    expect(await count({statuses: ['FINISHED']})).toBe(0)
    expect(await count({offset: 3})).toBe(1)
    expect(await count({offset: 1, limit: 2})).toBe(2)
  })

  test('jobs, summaries, groups and roles', async () => {
    await call(cluster.port, 'createJob', [jobOf(taskConfig(), 3)])
    const jobs = (await call(cluster.port, 'getJobs', ['www'])).result?.getJobsResult?.configs
    expect(jobs).toMatchObject([{key: JOB, instanceCount: 3}])
    expect((await call(cluster.port, 'getJobs', ['nobody'])).result?.getJobsResult?.configs).toEqual([])
    expect((await call(cluster.port, 'getJobs', [])).result?.getJobsResult?.configs).toHaveLength(1)
    await launched(3)
    const [summary] = (await call(cluster.port, 'getJobSummary', ['www'])).result?.jobSummaryResult?.summaries ?? []
    expect(summary?.stats).toEqual({activeTaskCount: 3, finishedTaskCount: 0, failedTaskCount: 0, pendingTaskCount: 0})
    const groups = (await call(cluster.port, 'getConfigSummary', [JOB])).result?.configSummaryResult?.summary.groups
    expect(groups).toMatchObject([{instances: [{first: 0, last: 2}]}])
    const roles = (await call(cluster.port, 'getRoleSummary', [])).result?.roleSummaryResult?.summaries
    expect(roles).toEqual([{role: 'www', jobCount: 1, cronJobCount: 0}])
  })

  test('why a task is pending', async () => {
    await call(cluster.port, 'createJob', [jobOf(taskConfig({resources: resources(1e6, 1n << 40n)}))])
    const reasons = await until(async () => {
      const {result} = await call(cluster.port, 'getPendingReason', [{role: 'www'}])
      const found = result?.getPendingReasonResult?.reasons
      return found?.[0]?.reason ? found : undefined
    })
    expect(reasons).toMatchObject([{reason: 'Insufficient: CPU,Insufficient: RAM'}])
    expect(await call(cluster.port, 'getPendingReason', [{statuses: ['RUNNING']}])).toMatchObject({responseCode: 'INVALID_REQUEST'})
  })

  test('tiers, quota and population', async () => {
    const tiers = (await call(cluster.port, 'getTierConfigs', [])).result?.getTierConfigResult
    expect(tiers?.defaultTierName).toBe('preemptible')
    expect(tiers?.tiers).toContainEqual({name: 'preferred', settings: {preemptible: 'false', revocable: 'false'}})
    await call(cluster.port, 'createJob', [jobOf(taskConfig({tier: 'preferred'}), 2)])
    const quota = (await call(cluster.port, 'getQuota', ['www'])).result?.getQuotaResult
    expect(quota?.prodSharedConsumption?.resources).toEqual([{numCpus: 2}, {ramMb: 32n}, {diskMb: 32n}])
    const populated = await call(cluster.port, 'populateJobConfig', [jobOf(taskConfig({tier: 'preferred', production: false}))])
    expect(populated.result?.populateJobResult?.taskConfig.production).toBe(true)
    expect(await call(cluster.port, 'populateJobConfig', [jobOf(taskConfig({tier: 'gold'}))])).toMatchObject({
      responseCode: 'INVALID_REQUEST',
      details: [{message: "Invalid configuration: Invalid tier 'gold' in TaskConfig."}],
    })
  })
})

const production: Partial<TaskConfig> = {tier: 'preferred'}
const percentage = (value: number, durationSecs = 60n) => ({percentageSlaPolicy: {percentage: value, durationSecs}})

test.each<[string, JobConfiguration]>([
  ['Instance count must be positive.', jobOf(taskConfig(), 0)],
  ['Instance count must be between 1 and 4000 inclusive.', jobOf(taskConfig(), 4001)],
  ['Job key a b/devel/hello is invalid.', jobOf(taskConfig({job: {...JOB, role: 'a b'}}))],
  ["Job environment qa doesn't match: ^(prod|devel|test|staging\\d*)$", jobOf(taskConfig({job: {...JOB, environment: 'qa'}}))],
  ['Job user contains illegal characters: a/b', jobOf(taskConfig({owner: {user: 'a/b'}}))],
  ['Tier contains illegal characters: a b', jobOf(taskConfig({tier: 'a b'}))],
  ['Executor name may not be left unset.', jobOf(taskConfig({executorConfig: {name: ''}}))],
  ["Configuration for executor 'X' doesn't exist.", jobOf(taskConfig({executorConfig: {name: 'X'}}))],
  ['num_cpus must be greater than 0.0', jobOf(taskConfig({resources: resources(0)}))],
  ['ram_mb must be greater than 0.0', jobOf(taskConfig({resources: resources(1, 0n)}))],
  ['disk_mb must be greater than 0.0', jobOf(taskConfig({resources: resources(1, 1n, -1n)}))],
  ['Multiple resource values are not supported for CPU', jobOf(taskConfig({resources: [...resources(), {numCpus: 2}]}))],
  ['GPU resource support is disabled in this cluster.', jobOf(taskConfig({resources: [...resources(), {numGpus: 1n}]}))],
  [
    'Only ads may use hosts dedicated for that role.',
    jobOf(taskConfig({constraints: [{name: 'dedicated', constraint: {value: {negated: false, values: ['ads/x']}}}]})),
  ],
  [
    'A dedicated constraint must be of value type.',
    jobOf(taskConfig({constraints: [{name: 'dedicated', constraint: {limit: {limit: 1}}}]})),
  ],
  ['A container must specify an image.', jobOf(taskConfig({container: {docker: {image: ''}}}))],
  ['This scheduler is not configured to allow the container type DOCKER', jobOf(taskConfig({container: {docker: {image: 'x'}}}))],
  [
    'This scheduler is configured to disallow container volumes.',
    jobOf(taskConfig({container: {mesos: {volumes: [{containerPath: '/a', hostPath: '/a', mode: 'RO'}]}}})),
  ],
  ['Mesos Fetcher for individual jobs is disabled in this cluster.', jobOf(taskConfig({mesosFetcherUris: [{value: 'http://x'}]}))],
  [
    'Cron jobs may only be created/updated by calling scheduleCronJob.',
    {...jobOf(taskConfig({isService: false})), cronSchedule: '* * * * *'},
  ],
  ["Tier 'preemptible' does not support SlaPolicy.", jobOf(taskConfig({slaPolicy: percentage(50)}), 30)],
  [
    'Job with fewer than 20 instances cannot have Percentage/Count SlaPolicy.',
    jobOf(taskConfig({...production, slaPolicy: percentage(50)}), 19),
  ],
  [
    'PercentageSlaPolicy: durationSecs=7201 must be less than cluster-wide maximum of 7200 secs.',
    jobOf(taskConfig({...production, slaPolicy: percentage(50, 7201n)}), 20),
  ],
  [
    'Current CountSlaPolicy: count=20 will not allow any instances to be killed. Must be less than instanceCount=20.',
    jobOf(taskConfig({...production, slaPolicy: {countSlaPolicy: {count: 20n, durationSecs: 1n}}}), 20),
  ],
])('refuses: %s', async (message, description) => {
  expect(await call(cluster.port, 'createJob', [description])).toMatchObject({responseCode: 'INVALID_REQUEST', details: [{message}]})
  expect(await tasks()).toEqual([])
})

test('says which calls it does not serve yet, and lists no updates', async () => {
  expect(await call(cluster.port, 'setQuota', ['www', {resources: []}])).toMatchObject({
    responseCode: 'ERROR',
    details: [{message: 'setQuota is not supported by this scheduler yet'}],
  })
  const {responseCode, result} = await call(cluster.port, 'getJobUpdateSummaries', [{role: 'www'}])
  expect([responseCode, result?.getJobUpdateSummariesResult?.updateSummaries]).toEqual(['OK', []])
})

test('adds instances of the kind of an active one', async () => {
  await call(cluster.port, 'createJob', [jobOf(taskConfig(), 2)])
  expect(await call(cluster.port, 'addInstances', [{jobKey: JOB, instanceId: 0}, 2])).toMatchObject({responseCode: 'OK'})
  expect((await tasks()).map(({assignedTask}) => assignedTask.instanceId).sort((a, b) => a - b)).toEqual([0, 1, 2, 3])
  expect(await call(cluster.port, 'addInstances', [{jobKey: JOB, instanceId: 9}, 1])).toMatchObject({
    responseCode: 'INVALID_REQUEST',
    details: [{message: 'No active task found for a given instance ID.'}],
  })
})

test('of two creations of one job at the same time one wins', async () => {
  const answers = await Promise.all([1, 2].map(() => call(cluster.port, 'createJob', [jobOf()])))
  expect(answers.map(({responseCode}) => responseCode).sort()).toEqual(['INVALID_REQUEST', 'OK'])
  expect(await tasks()).toHaveLength(1)
})
