import {chmodSync, mkdirSync, readdirSync, realpathSync} from 'node:fs'
import {join} from 'node:path'
import {type AccountLookup, isRoot, systemAccount} from './account.ts'
import {Checkpoint, type CheckpointRecord} from './checkpoint.ts'
import {checkpointFolder, isTaskId, latestSandbox, removeTask} from './directories.ts'
import {Executor, type ExecutorOptions, isTerminal} from './executor.ts'
import {killUntilGone, taskMembers} from './tree.ts'
import type {Agent, AgentOptions, AgentStatus, AgentTask} from './types.ts'

export interface AgentSettings extends AgentOptions {
  /** Milliseconds from a kill to the SIGKILL of what is left, final processes included; 60 s as Thermos has it. */
  killWait?: number
  /** The same for the whole agent's shutdown. */
  shutdownWait?: number
  /** Run tasks as their roles' accounts; what root does. */
  switchAccounts?: boolean
  lookUpAccount?: AccountLookup
}

/**
 * The agent of this machine. Its processes outlive it: `recover` of the next one takes them over.
 *
 * Statuses are reported at least once: a terminal one that the core may have missed is reported again by `recover` and by `kill`. `shutdown`
 * reports KILLED for what it ends.
 */
export function createAgent(settings: AgentSettings): Required<Agent> {
  mkdirSync(settings.root, {recursive: true, mode: 0o700})
  const root = realpathSync(settings.root)
  const switchAccounts = settings.switchAccounts ?? isRoot()
  // Other accounts pass through to their own sandboxes, and see nothing on the way.
  if (switchAccounts) chmodSync(root, 0o711)
  const {killWait = 60_000, shutdownWait = 10_000} = settings
  const options: ExecutorOptions = {
    root,
    hostname: settings.hostname,
    killWait,
    switchAccounts,
    lookUpAccount: settings.lookUpAccount ?? systemAccount,
    report: (status) => settings.onStatus(status),
  }
  const live = new Map<string, {executor: Executor; ended: Promise<void>}>()

  const execute = (task: AgentTask, checkpoint: Checkpoint, history?: readonly CheckpointRecord[]): void => {
    const executor = new Executor(task, checkpoint, options)
    // Not before the caller is done: a core that launches is not told anything in the middle of it.
    const ended = Promise.resolve()
      .then(() => executor.run(history))
      .finally(() => live.delete(task.taskId))
    live.set(task.taskId, {executor, ended})
  }

  /** Deferred, for the same reason. */
  const report = (taskId: string, status: AgentStatus['status'], message: string) => {
    queueMicrotask(() => options.report({taskId, status, message}))
  }

  const take = (task: AgentTask, unknown: () => void): void => {
    const {taskId} = task
    if (live.has(taskId)) return
    if (!isTaskId(taskId)) return report(taskId, 'FAILED', 'Thermos received an invalid task.')
    const checkpoint = new Checkpoint(checkpointFolder(root, taskId))
    const history = readCheckpoint(checkpoint)
    if (history === 'unreadable') {
      void endStray(root, taskId).then(() => report(taskId, 'LOST', 'Task checkpoint could not be read.'))
    } else if (history === undefined) unknown()
    else execute(task, checkpoint, history)
  }

  /** Tasks that ran under an earlier scheduler, and that this one does not know: nobody would ever end them. */
  const endStrangers = async (): Promise<void> => {
    for (const taskId of tasksWithCheckpoint(root)) {
      if (live.has(taskId)) continue
      const checkpoint = new Checkpoint(checkpointFolder(root, taskId))
      const history = readCheckpoint(checkpoint)
      if (history === undefined || history === 'unreadable' || hasEnded(history)) continue
      await endStray(root, taskId)
      checkpoint.append({type: 'status', status: 'KILLED', message: 'Task killed.'})
    }
  }

  return {
    launch(task) {
      take(task, () => execute(task, new Checkpoint(checkpointFolder(root, task.taskId))))
    },

    kill(taskId) {
      const task = live.get(taskId)
      if (task !== undefined) return task.executor.kill()
      const history = isTaskId(taskId) ? readCheckpoint(new Checkpoint(checkpointFolder(root, taskId))) : undefined
      const last = typeof history === 'object' ? history.findLast((record) => record.type === 'status') : undefined
      if (last !== undefined && isTerminal(last.status)) report(taskId, last.status, last.message)
      else report(taskId, 'LOST', UNKNOWN)
    },

    async recover(tasks) {
      for (const task of tasks) take(task, () => report(task.taskId, 'LOST', UNKNOWN))
      await endStrangers()
    },

    // A task that still runs is left alone; what cannot be deleted stays, and harms nobody.
    forget(taskId) {
      if (isTaskId(taskId) && !live.has(taskId)) void removeTask(root, taskId).catch(() => {})
    },

    async shutdown() {
      const tasks = [...live.values()]
      for (const {executor} of tasks) executor.shutDown(shutdownWait)
      await Promise.all(tasks.map(({ended}) => ended))
    },
  }
}

const UNKNOWN = 'Reconciliation: Task is unknown'

function readCheckpoint(checkpoint: Checkpoint): CheckpointRecord[] | undefined | 'unreadable' {
  try {
    return checkpoint.read()
  } catch {
    return 'unreadable'
  }
}

function hasEnded(history: readonly CheckpointRecord[]): boolean {
  return history.some((record) => record.type === 'status' && isTerminal(record.status))
}

/** Ends what runs in a task's sandbox when there is nothing to take it over by. */
async function endStray(root: string, taskId: string): Promise<void> {
  const sandbox = latestSandbox(root, taskId)
  if (sandbox !== undefined) await killUntilGone(() => taskMembers(sandbox, []))
}

function tasksWithCheckpoint(root: string): string[] {
  try {
    return readdirSync(join(root, 'checkpoints')).filter(isTaskId)
  } catch {
    return []
  }
}
