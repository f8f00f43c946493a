import {existsSync, readFileSync, truncateSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:net'
import {join} from 'node:path'
import {TERMINAL_STATES} from '@auroractl/cli/thrift'
import {describe, expect, test} from 'vitest'
import {clusterLogs} from '../../src/operations/logs.ts'
import {agentFolder, isRunning} from '../../src/operations/place.ts'
import {clusterStatus} from '../../src/operations/status.ts'
import {stopCluster} from '../../src/operations/stop.ts'
import {call, placeIn, temporaryFolder, until} from '../cluster.ts'
import {commandJob, isAlive, RealCluster} from './real-cluster.ts'

describe('start, status, stop', () => {
  test('a cluster starts once, says what it is, and stops', async () => {
    await using cluster = new RealCluster()
    expect(await clusterStatus(cluster.place, {build: 'test'})).toEqual({name: 'devcluster', running: false})
    const first = await cluster.start()
    expect(first).toMatchObject({name: 'devcluster', already: false, older: false, build: 'test'})
    const second = await cluster.start({build: 'newer'})
    expect(second).toMatchObject({pid: first.pid, schedulerUri: first.schedulerUri, already: true, older: true})
    expect(await clusterStatus(cluster.place, {build: 'newer'})).toMatchObject({
      running: true,
      healthy: true,
      older: true,
      jobs: 0,
      activeTasks: 0,
    })
    expect(await stopCluster(cluster.place)).toEqual({name: 'devcluster', stopped: true})
    await until(() => !isAlive(first.pid))
    expect(await cluster.place.readState()).toBeUndefined()
    expect(await stopCluster(cluster.place)).toEqual({name: 'devcluster', stopped: false})
  })

  test('of two starts at the same time one starts it, and both find it', async () => {
    await using cluster = new RealCluster()
    const [one, two] = await Promise.all([cluster.start(), cluster.start()])
    expect(one.pid).toBe(two.pid)
    expect([one, two].filter(({already}) => already)).toHaveLength(1)
  })

  test('a port that is taken is an error of the user, and nothing runs', async () => {
    await using cluster = new RealCluster()
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const {port} = other.address() as {port: number}
    await expect(cluster.start({port})).rejects.toMatchObject({
      fault: 'user',
      code: 'local.port-taken',
      exitCode: 6,
      message: `Port ${port} is already taken`,
    })
    other.close()
    expect(isRunning(cluster.place)).toBe(false)
    expect(new URL((await cluster.start({port})).schedulerUri).port).toBe(`${port}`)
    await expect(cluster.start({port: port === 65_535 ? port - 1 : port + 1})).rejects.toMatchObject({code: 'local.running-elsewhere'})
  })

  test('a daemon that cannot even run is an error with the end of its log', async () => {
    await using cluster = new RealCluster()
    const entry = join(cluster.place.folder, '..', 'broken.mjs')
    writeFileSync(entry, 'throw new Error("no such luck")')
    await expect(cluster.start({entry})).rejects.toMatchObject({
      code: 'local.start-failed',
      exitCode: 4,
      message: expect.stringContaining('no such luck') as string,
    })
  })

  test('a state file of a dead daemon misleads nobody', async () => {
    await using cluster = new RealCluster()
    const {pid} = await cluster.start()
    await cluster.killDaemon()
    expect(await cluster.place.readState()).toMatchObject({pid})
    expect(await clusterStatus(cluster.place, {build: 'test'})).toEqual({name: 'devcluster', running: false})
    expect(await stopCluster(cluster.place)).toMatchObject({stopped: false})
  })
})

describe('kill -9 of the daemon', () => {
  test('running tasks run on, and are taken over', async () => {
    await using cluster = new RealCluster()
    await cluster.start()
    const job = cluster.longJob('steady')
    await call(cluster.port, 'createJob', [job])
    const before = await cluster.running(job.key)
    const pid = await cluster.processOf(before)
    await cluster.killDaemon()
    expect(isAlive(pid)).toBe(true)
    await cluster.start()
    const [after, ...others] = await cluster.tasks(job.key)
    expect(others).toEqual([])
    expect(after).toEqual(before)
    expect(isAlive(pid)).toBe(true)
    await call(cluster.port, 'killTasks', [job.key])
    await until(async () => (await cluster.tasks(job.key)).every(({status}) => status === 'KILLED'))
    expect(isAlive(pid)).toBe(false)
  })

  test('a task that ended meanwhile is noticed', async () => {
    await using cluster = new RealCluster()
    await cluster.start()
    const job = cluster.longJob('fleeting')
    await call(cluster.port, 'createJob', [job])
    const before = await cluster.running(job.key)
    const pid = await cluster.processOf(before)
    await cluster.killDaemon()
    cluster.end('fleeting')
    await until(() => !isAlive(pid))
    await cluster.start()
    const ended = await until(async () => (await cluster.tasks(job.key)).find(({status}) => status === 'FINISHED'))
    expect(ended.assignedTask.taskId).toBe(before.assignedTask.taskId)
    expect((await cluster.tasks(job.key)).find(({ancestorId}) => ancestorId === before.assignedTask.taskId)?.status).toBe('THROTTLED')
  })

  test('no job that was acknowledged is lost, at whatever moment', async () => {
    await using cluster = new RealCluster()
    for (const after of [1, 4, 7]) {
      await cluster.start()
      const acknowledged: string[] = []
      const creating = (async () => {
        for (let index = 0; ; index++) {
          const job = {...cluster.longJob(`many-${after}-${index}`)}
          // More than the host has: they stay pending, nothing runs.
          const config = {...job.taskConfig, resources: [{numCpus: 1e9}, {ramMb: 1n}, {diskMb: 1n}]}
          const {responseCode} = await call(cluster.port, 'createJob', [{...job, taskConfig: config}])
          if (responseCode === 'OK') acknowledged.push(job.key.name)
        }
      })().catch(() => {})
      await until(() => acknowledged.length >= after)
      await cluster.killDaemon()
      await creating
      await cluster.start()
      const {result} = await call(cluster.port, 'getTasksStatus', [{}])
      const there = new Set(result?.scheduleStatusResult?.tasks.map(({assignedTask}) => assignedTask.task.job.name))
      expect(acknowledged.filter((name) => !there.has(name))).toEqual([])
    }
  })
})

describe('stop', () => {
  test("ends the tasks' processes, and the next start runs them again", async () => {
    await using cluster = new RealCluster()
    await cluster.start()
    const job = cluster.longJob('again')
    await call(cluster.port, 'createJob', [job])
    const before = await cluster.running(job.key)
    const pid = await cluster.processOf(before)
    await stopCluster(cluster.place)
    expect(isAlive(pid)).toBe(false)
    await cluster.start()
    const after = await cluster.running(job.key)
    expect(after.ancestorId).toBe(before.assignedTask.taskId)
    expect(await cluster.processOf(after)).not.toBe(pid)
  })
})

describe.runIf(process.getuid?.() === 0)('started as root', () => {
  test("a task runs as its role's account, in a sandbox that it reaches by name", async () => {
    await using cluster = new RealCluster()
    await cluster.start()
    const job = {role: 'nobody', environment: 'devel', name: 'who'}
    await call(cluster.port, 'createJob', [
      commandJob(job, 'test "$(id -un)" = nobody && test "$(pwd)" = "$HOME" && ls "$HOME" && touch "$HOME/mine"'),
    ])
    const task = await until(async () => (await cluster.tasks(job)).find(({status}) => TERMINAL_STATES.has(status)))
    expect(task.taskEvents.at(-1)).toMatchObject({status: 'FINISHED'})
  })

  test('a role without an account is refused', async () => {
    await using cluster = new RealCluster()
    await cluster.start()
    const job = {role: 'no-such-role', environment: 'devel', name: 'who'}
    await call(cluster.port, 'createJob', [commandJob(job, 'true')])
    const failed = await until(async () => (await cluster.tasks(job)).find(({status}) => status === 'FAILED'))
    expect(failed.taskEvents.at(-1)?.message).toContain('user does not exist: no-such-role')
  })
})

describe('a damaged database', () => {
  test('stops the start with an error that names it and the way out, which works', async () => {
    await using cluster = new RealCluster()
    await cluster.start()
    await call(cluster.port, 'createJob', [cluster.longJob('gone')])
    await stopCluster(cluster.place)
    const file = join(cluster.place.folder, 'scheduler.db')
    truncateSync(file, 5000)
    const before = readFileSync(file)
    await expect(cluster.start()).rejects.toMatchObject({
      fault: 'user',
      code: 'local.database-damaged',
      exitCode: 4,
      message: expect.stringContaining(file) as string,
      remedy: expect.stringContaining('aurora local reset') as string,
    })
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(isRunning(cluster.place)).toBe(false)
    expect(await cluster.reset()).toMatchObject({reset: true, left: []})
    await cluster.start()
  })
})

describe('reset', () => {
  test('ends what a killed daemon left, and deletes what is ours alone', async () => {
    await using cluster = new RealCluster()
    await cluster.start()
    const job = cluster.longJob('orphan')
    await call(cluster.port, 'createJob', [job])
    const pid = await cluster.processOf(await cluster.running(job.key))
    await cluster.killDaemon()
    const foreign = join(cluster.place.folder, 'notes.txt')
    writeFileSync(foreign, 'mine')
    expect(await cluster.reset(async () => false)).toMatchObject({reset: false})
    expect(isAlive(pid)).toBe(true)
    expect(await cluster.reset()).toEqual({name: 'devcluster', reset: true, left: [foreign]})
    expect(isAlive(pid)).toBe(false)
    expect([existsSync(foreign), existsSync(join(cluster.place.folder, 'scheduler.db')), existsSync(agentFolder(cluster.place))]).toEqual([
      true,
      false,
      false,
    ])
  })

  test('stops a cluster that runs, and is nothing for one that never was', async () => {
    await using cluster = new RealCluster()
    const {pid} = await cluster.start()
    expect(await cluster.reset()).toMatchObject({reset: true, left: []})
    await until(() => !isAlive(pid))
    expect(existsSync(cluster.place.folder)).toBe(false)
    expect(await cluster.reset(() => Promise.reject(new Error('asked')))).toMatchObject({reset: false})
  })
})

describe('logs', () => {
  test('the last lines, then what comes, until told to end', async () => {
    using folder = temporaryFolder()
    const place = placeIn(folder.path)
    const file = join(folder.path, 'daemon.log')
    writeFileSync(file, 'one\ntwo\nthree\n')
    const seen: string[] = []
    const end = new AbortController()
    const reading = (async () => {
      for await (const line of clusterLogs(place, {lines: 2, follow: true, signal: end.signal})) seen.push(line)
    })()
    await until(() => seen.length === 2)
    writeFileSync(file, 'four\nfi', {flag: 'a'})
    await until(() => seen.includes('four'))
    writeFileSync(file, 've\n', {flag: 'a'})
    await until(() => seen.includes('five'))
    writeFileSync(file, 'new\n')
    await until(() => seen.includes('new'))
    end.abort()
    await reading
    expect(seen).toEqual(['two', 'three', 'four', 'five', 'new'])
  })

  test('there are none of a cluster that never started', async () => {
    using folder = temporaryFolder()
    await expect(clusterLogs(placeIn(folder.path)).next()).rejects.toMatchObject({code: 'local.never-started'})
  })
})
