import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'
import {onTestFinished} from 'vitest'
import {type AgentSettings, createAgent} from '../../src/agent/agent.ts'
import {latestSandbox} from '../../src/agent/directories.ts'
import {type ProcessEntry, processTable} from '../../src/agent/proc.ts'
import {killUntilGone, taskMembers} from '../../src/agent/tree.ts'
import type {Agent, AgentStatus, AgentTask} from '../../src/agent/types.ts'

type ProcessFields = {name: string; cmdline: string} & Record<string, unknown>

/** An agent in a folder of its own, all of whose processes are gone when the test ends. */
export interface Site {
  root: string
  agent: Required<Agent>
  statuses: AgentStatus[]
  run(...processes: ProcessFields[]): AgentTask
  launch(task: AgentTask): AgentTask
  ended(task: AgentTask): Promise<AgentStatus>
  reported(task: AgentTask, status: AgentStatus['status']): Promise<AgentStatus>
  sandbox(task: AgentTask): string
  output(task: AgentTask, process: string, run?: number): string
  members(task: AgentTask): ProcessEntry[]
}

let counter = 0

export function makeTask(taskFields: Record<string, unknown>, more: Partial<AgentTask> = {}): AgentTask {
  return {
    taskId: `task-${process.pid}-${counter++}`,
    role: 'www-data',
    environment: 'devel',
    name: 'hello',
    instanceId: 3,
    ports: {},
    executorData: JSON.stringify({role: 'www-data', environment: 'devel', name: 'hello', task: {name: 't', ...taskFields}}),
    ...more,
  }
}

export function makeRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'agent-'))
  onTestFinished(async () => {
    const prefix = `${root}/`
    const marked = () => [...processTable().values()].filter(({pid}) => environmentOf(pid).includes(`HOME=${prefix}`))
    await killUntilGone(marked)
    rmSync(root, {recursive: true, force: true})
  })
  return root
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8')
  } catch {
    return ''
  }
}

export function makeSite(settings: Partial<AgentSettings> = {}): Site {
  const root = settings.root ?? makeRoot()
  const statuses: AgentStatus[] = []
  const agent = createAgent({
    root,
    hostname: 'here.example.com',
    switchAccounts: false,
    shutdownWait: 200,
    ...settings,
    onStatus: (status) => statuses.push(status),
  })
  onTestFinished(() => agent.shutdown())
  const sandbox = (task: AgentTask) => {
    const path = latestSandbox(root, task.taskId)
    if (path === undefined) throw new Error(`no sandbox of ${task.taskId}`)
    return path
  }
  const find = (task: AgentTask, wanted: (status: AgentStatus) => boolean) =>
    until(() => statuses.find((status) => status.taskId === task.taskId && wanted(status)))
  return {
    root,
    agent,
    statuses,
    run: (...processes) => {
      const task = makeTask({processes})
      agent.launch(task)
      return task
    },
    launch: (task) => {
      agent.launch(task)
      return task
    },
    ended: (task) => find(task, ({status}) => status !== 'STARTING' && status !== 'RUNNING'),
    reported: (task, wanted) => find(task, ({status}) => status === wanted),
    sandbox,
    output: (task, process, run = 0) => read(join(sandbox(task), '.logs', process, String(run), 'stdout')) ?? '',
    members: (task) => taskMembers(sandbox(task), []),
  }
}

export function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** Waits for a condition, not for a time; the test's own limit ends it. */
export async function until<T>(condition: () => T | undefined | false): Promise<T> {
  for (;;) {
    const value = condition()
    if (value !== undefined && value !== false) return value
    await delay(20)
  }
}
