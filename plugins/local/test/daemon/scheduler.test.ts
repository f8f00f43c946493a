import {createServer} from 'node:net'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {Fault} from '../../src/fault.ts'
import {call, http, placeIn, temporaryFolder, testCluster, until} from '../cluster.ts'
import {JOB, jobOf, taskConfig} from '../fixtures.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder[Symbol.dispose]())

async function statuses(port: number): Promise<string[]> {
  const {result} = await call(port, 'getTasksStatus', [{jobKeys: [JOB]}])
  return (result?.scheduleStatusResult?.tasks ?? []).map(({status}) => status).sort()
}

describe('restarting the daemon', () => {
  test('an orderly stop ends the tasks, the next start runs them again', async () => {
    {
      await using cluster = await testCluster(folder.path)
      await call(cluster.port, 'createJob', [jobOf(taskConfig({isService: false}), 2)])
      const agent = cluster.agent
      await until(() => agent.launched.length === 2)
      for (const {taskId} of agent.launched) agent.report(taskId, 'RUNNING')
    }
    await using again = await testCluster(folder.path)
    const agent = again.agent
    expect(agent.recovered).toEqual([])
    await until(() => agent.launched.length === 2)
    expect(await statuses(again.port)).toEqual(['ASSIGNED', 'ASSIGNED', 'KILLED', 'KILLED'])
  })

  test('what was on the host is handed to the agent, and kills are repeated', async () => {
    {
      await using cluster = await testCluster(folder.path)
      await call(cluster.port, 'createJob', [jobOf(taskConfig(), 2)])
      const agent = cluster.agent
      await until(() => agent.launched.length === 2)
      for (const {taskId} of agent.launched) agent.report(taskId, 'RUNNING')
      await call(cluster.port, 'killTasks', [JOB, [1]])
      // The agent does not get to report anything any more.
      agent.launched.length = 0
    }
    await using again = await testCluster(folder.path)
    expect(again.agent.recovered.map(({instanceId}) => instanceId).sort((a, b) => a - b)).toEqual([0, 1])
    expect(again.agent.killed).toEqual(again.agent.recovered.filter(({instanceId}) => instanceId === 1).map(({taskId}) => taskId))
    expect(await statuses(again.port)).toEqual(['KILLING', 'RUNNING'])
  })
})

describe('one at a time', () => {
  test('a second daemon of the same cluster does not start', async () => {
    await using cluster = await testCluster(folder.path)
    await expect(testCluster(folder.path)).rejects.toMatchObject({code: 'local.running'})
    expect((await http(cluster.port, '/health')).status).toBe(200)
    expect(await placeIn(folder.path).readState()).toMatchObject({pid: process.pid})
  })

  test('a port that is taken is an error when it was asked for, else another is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const {port} = other.address() as {port: number}
    const error: unknown = await testCluster(folder.path, {port}).catch((thrown: unknown) => thrown)
    other.close()
    expect(error).toBeInstanceOf(Fault)
    expect(error).toMatchObject({code: 'local.port-taken', message: `Port ${port} is already taken`})
    // Nothing of the failed start is in the way.
    await using first = await testCluster(folder.path, {port})
    expect(first.port).toBe(port)
    using second = temporaryFolder()
    await using beside = await testCluster(second.path)
    expect(beside.port).not.toBe(first.port)
  })

  test('a damaged database stops the start, and leaves no state file', async () => {
    writeFileSync(join(folder.path, 'scheduler.db'), 'garbage')
    writeFileSync(join(folder.path, 'state.json'), JSON.stringify({pid: 1}))
    await expect(testCluster(folder.path)).rejects.toMatchObject({code: 'local.database-damaged'})
    expect(await placeIn(folder.path).readState()).toBeUndefined()
  })
})
