import {type ChildProcess, spawn} from 'node:child_process'
import {appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, it} from 'vitest'
import {readRunRecord} from '../../src/agent/run-record.ts'
import type {AgentTask} from '../../src/agent/types.ts'
import {makeRoot, makeSite, makeTask, read, type Site, until} from './site.ts'

const HOST = fileURLToPath(new URL('./host.ts', import.meta.url))

/** A daemon in a process of its own, for `kill -9`. */
function startHost(root: string): ChildProcess & {ask(request: object): void} {
  const child = spawn(process.execPath, [HOST, root], {stdio: ['pipe', 'ignore', 'inherit']})
  return Object.assign(child, {ask: (request: object) => void child.stdin?.write(`${JSON.stringify(request)}\n`)})
}

async function killHost(host: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => host.once('exit', resolve))
  host.kill('SIGKILL')
  await ended
}

function site(root: string): Site {
  return makeSite({root})
}

function logged(place: Site, task: AgentTask): string {
  try {
    return read(join(place.sandbox(task), 'log')) ?? ''
  } catch {
    return ''
  }
}

/** Goes on only when the file appears that a test makes. */
const AWAIT = 'until [ -e go ]; do sleep 0.02; done'

it('takes over what runs: same process, same plan, exactly once each', async () => {
  const root = makeRoot()
  const place = site(root)
  const task = makeTask({
    processes: [
      {name: 'a', cmdline: 'echo a >>log'},
      {name: 'b', cmdline: `echo b $$ >>log; ${AWAIT}; echo printed; exit 3`, max_failures: 2, min_duration: 0},
      {name: 'c', cmdline: 'echo c >>log'},
    ],
    constraints: [{order: ['a', 'b', 'c']}],
  })
  const host = startHost(root)
  host.ask({launch: task})
  await until(() => /b \d+\n/.test(logged(place, task)))
  await killHost(host)
  const before = logged(place, task)
  const pid = Number(/b (\d+)/.exec(before)?.[1])
  expect(place.members(task).map((entry) => entry.pid)).toContain(pid)

  await place.agent.recover([task])
  await place.reported(task, 'RUNNING')
  expect(logged(place, task)).toBe(before)
  writeFileSync(join(place.sandbox(task), 'go'), '')
  // The first run of b exits with 3 and is run again; `go` is there now, so the second fails at once and the task with it.
  expect(await place.ended(task)).toMatchObject({status: 'FAILED', message: 'Task failed.'})
  expect(logged(place, task)).toMatch(new RegExp(`^a\nb ${pid}\nb \\d+\n$`))
  expect(place.output(task, 'b')).toBe('printed\n')
  expect(readdirSync(join(place.sandbox(task), '.logs/b')).sort()).toEqual(['0', '1'])
})

it.each([
  ['exit 0', 'FINISHED', 1],
  ['exit 137', 'FAILED', 1],
  ['kill -9 $$', 'FINISHED', 2],
])('knows how a process ended that ended while nobody looked: %s', async (death, status, runs) => {
  const root = makeRoot()
  const place = site(root)
  const task = makeTask({processes: [{name: 'p', cmdline: `echo run >>log; [ -e go ] || { ${AWAIT}; ${death}; }`, min_duration: 0}]})
  const host = startHost(root)
  host.ask({launch: task})
  await until(() => logged(place, task) !== '')
  await killHost(host)
  writeFileSync(join(place.sandbox(task), 'go'), '')
  await until(() => place.members(task).length === 0)
  await place.agent.recover([task])
  expect((await place.ended(task)).status).toBe(status)
  expect(logged(place, task)).toBe('run\n'.repeat(runs))
})

it('goes on with a kill that was under way', async () => {
  const root = makeRoot()
  const place = site(root)
  const task = makeTask({
    processes: [
      {name: 'p', cmdline: `trap 'echo asked >>log; ${AWAIT}; exit' TERM; echo up >>log; while :; do sleep 0.02; done`},
      {name: 'f', cmdline: 'echo final >>log', final: true},
    ],
  })
  const host = startHost(root)
  host.ask({launch: task})
  await until(() => logged(place, task) === 'up\n')
  host.ask({kill: task.taskId})
  await until(() => logged(place, task) === 'up\nasked\n')
  await killHost(host)
  await place.agent.recover([task])
  writeFileSync(join(place.sandbox(task), 'go'), '')
  expect(await place.ended(task)).toMatchObject({status: 'KILLED', message: 'Instructed to kill task.'})
  expect(logged(place, task)).toBe('up\nasked\nfinal\n')
  expect(place.statuses.filter(({status}) => status === 'RUNNING')).toHaveLength(0)
})

it('starts nothing twice, whenever the daemon dies around a launch', async () => {
  // Each process makes a folder of its own run; one that ran beside another would find it there.
  const cmdline = 'mkdir busy || echo twice >>log; sleep 0.3; rmdir busy; echo done >>log'
  for (let wait = 0; wait < 6; wait++) {
    const root = makeRoot()
    const place = site(root)
    const task = makeTask({processes: [{name: 'p', cmdline, min_duration: 0}]})
    const host = startHost(root)
    host.ask({launch: task})
    const checkpoint = join(root, 'checkpoints', task.taskId)
    // Sooner and later moments: header, intent, record of the coordinator, first output.
    const moments = [/"header"/, /"forked"/, /"forked"/, /"forked"/, /"forked"/, /"forked"/]
    await until(() => moments[wait]?.test(read(join(checkpoint, 'runner')) ?? ''))
    if (wait >= 2) await until(() => existsSync(join(checkpoint, 'coordinator.0.0')))
    if (wait >= 3) await until(() => readRunRecord(join(checkpoint, 'coordinator.0.0'))?.begun)
    if (wait >= 4) await until(() => existsSync(join(place.sandbox(task), '.logs/p/0')))
    if (wait >= 5) await until(() => existsSync(join(place.sandbox(task), 'busy')))
    await killHost(host)
    await place.agent.recover([task])
    expect((await place.ended(task)).status).toBe('FINISHED')
    expect(logged(place, task)).toBe('done\n')
    expect(place.members(task)).toEqual([])
  }
})

it('calls off a coordinator that has not begun', async () => {
  const root = makeRoot()
  const place = site(root)
  const task = makeTask({processes: [{name: 'p', cmdline: 'echo run >>log', min_duration: 0}]})
  place.launch(task)
  await place.ended(task)
  // As it would be had the daemon died right after its intent: nothing of the run is recorded.
  const checkpoint = join(root, 'checkpoints', task.taskId)
  const intent = readFileSync(join(checkpoint, 'runner'), 'utf8').split('\n').slice(0, 3).join('\n')
  expect(intent).toMatch(/"forked"[^\n]*$/)
  writeFileSync(join(checkpoint, 'runner'), `${intent}\n`)
  rmSync(join(checkpoint, 'coordinator.0.0'))
  const next = site(root)
  await next.agent.recover([task])
  expect((await next.ended(task)).status).toBe('FINISHED')
  // Lost, hence run again, once; and whoever comes for the first run finds its record taken.
  expect(logged(next, task)).toBe('run\nrun\n')
  expect(readRunRecord(join(checkpoint, 'coordinator.0.0'))).toEqual({})
  expect(read(join(checkpoint, 'runner'))).toContain('"result":"LOST"')
})

it('runs a process again whose coordinator vanished, and leaves nothing of the first', async () => {
  const place = makeSite()
  const task = place.run({name: 'p', cmdline: `echo $$ >>log; ${AWAIT}`, min_duration: 0})
  const record = join(place.root, 'checkpoints', task.taskId, 'coordinator.0.0')
  const first = Number(await until(() => /^\d+\n/.test(logged(place, task)) && logged(place, task)))
  process.kill(readRunRecord(record)?.begun?.coordinator.pid ?? 0, 'SIGKILL')
  await until(() => logged(place, task).split('\n').length === 3)
  expect(place.members(task).map(({pid}) => pid)).not.toContain(first)
  writeFileSync(join(place.sandbox(task), 'go'), '')
  expect((await place.ended(task)).status).toBe('FINISHED')
})

it('reports again how a task ended, and does not know one that it never had', async () => {
  const root = makeRoot()
  const place = site(root)
  const task = place.run({name: 'p', cmdline: 'true'})
  await place.ended(task)
  const [next, stranger] = [site(root), makeTask({})]
  await next.agent.recover([task, stranger])
  expect(await next.ended(task)).toMatchObject({status: 'FINISHED', message: 'Task finished.'})
  expect(await next.ended(stranger)).toMatchObject({status: 'LOST', message: 'Reconciliation: Task is unknown'})
})

it('cuts off a torn last line, ends what a broken checkpoint hides, and what no scheduler knows', async () => {
  const root = makeRoot()
  const place = site(root)
  const tasks = [1, 2, 3].map(() => makeTask({processes: [{name: 'p', cmdline: `echo up >>log; ${AWAIT}`}]}))
  const [torn, broken, unknown] = tasks
  if (!torn || !broken || !unknown) throw new Error('three tasks')
  const host = startHost(root)
  for (const task of tasks) host.ask({launch: task})
  for (const task of tasks) await until(() => logged(place, task) !== '')
  await killHost(host)
  appendFileSync(join(root, 'checkpoints', torn.taskId, 'runner'), '{"type":"ended","process":"p"')
  appendFileSync(join(root, 'checkpoints', broken.taskId, 'runner'), '\0\0\0\n{}\n')
  await place.agent.recover([torn, broken])
  expect(await place.ended(broken)).toMatchObject({status: 'LOST', message: 'Task checkpoint could not be read.'})
  expect([...place.members(broken), ...place.members(unknown)]).toEqual([])
  await place.reported(torn, 'RUNNING')
  writeFileSync(join(place.sandbox(torn), 'go'), '')
  expect((await place.ended(torn)).status).toBe('FINISHED')
})

it('does not look for processes of before the machine was started', async () => {
  const root = makeRoot()
  const place = site(root)
  const task = place.run({name: 'p', cmdline: AWAIT})
  await place.reported(task, 'RUNNING')
  const path = join(root, 'checkpoints', task.taskId, 'runner')
  const other = site(makeRoot())
  const copy = join(other.root, 'checkpoints', task.taskId)
  await until(() => read(path)?.includes('forked'))
  const {cpSync} = await import('node:fs')
  cpSync(join(root, 'checkpoints', task.taskId), copy, {recursive: true})
  writeFileSync(join(copy, 'runner'), String(read(path)).replace(/"boot":"[^"]+"/, '"boot":"earlier"'))
  await other.agent.recover([task])
  expect(await other.ended(task)).toMatchObject({status: 'LOST', message: 'Runner died while task was active.'})
  place.agent.kill(task.taskId)
  await place.ended(task)
})
