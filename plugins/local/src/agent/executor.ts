import {type Account, type AccountLookup, ownAccount} from './account.ts'
import {type Checkpoint, type CheckpointRecord} from './checkpoint.ts'
import {type ProcessSite, setprivPath} from './command-line.ts'
import {createSandbox, isInside, newDirectories} from './directories.ts'
import {bootId} from './proc.ts'
import {TaskRefused} from './refusal.ts'
import {type Outcome, TaskRunner} from './task-runner.ts'
import {type ThermosTask, thermosTask} from './thermos-task.ts'
import type {AgentStatus, AgentTask} from './types.ts'

export interface ExecutorOptions {
  root: string
  hostname: string
  /** Change to each role's account; only root can. */
  switchAccounts: boolean
  lookUpAccount: AccountLookup
  report(status: AgentStatus): void
}

/** Runs one task: sandbox, runner, statuses (reference/thermos.md §9). */
export class Executor {
  readonly #task: AgentTask
  readonly #options: ExecutorOptions
  readonly #checkpoint: Checkpoint
  #runner: TaskRunner | undefined
  /** What came before there was a runner to be told. */
  #killRequest: {message: string; wait: number} | undefined

  constructor(task: AgentTask, checkpoint: Checkpoint, options: ExecutorOptions) {
    this.#task = task
    this.#checkpoint = checkpoint
    this.#options = options
  }

  /** From the beginning, or from where the records stop, to the terminal status, which it has reported when it resolves. Never rejects. */
  async run(history: readonly CheckpointRecord[] = []): Promise<void> {
    const last = history.findLast((record) => record.type === 'status')
    const over = last !== undefined && isTerminal(last.status)
    // The core may have missed it; but a task that is being killed is not said to run.
    if (last !== undefined && (over || !history.some((record) => record.type === 'killed'))) this.#tell(last)
    if (over) return
    this.#report(await this.#execute(history).catch(outcomeOf))
  }

  kill(message: string, wait: number): void {
    if (this.#runner === undefined) this.#killRequest = {message, wait}
    else this.#runner.kill(message, wait)
  }

  async #execute(history: readonly CheckpointRecord[]): Promise<Outcome> {
    const header = history.find((record) => record.type === 'header')
    if (header !== undefined && header.boot !== bootId()) return {status: 'LOST', message: 'Runner died while task was active.'}
    const site = header === undefined ? undefined : siteOf(header, this.#options.root)
    const account = site?.account ?? (await this.#account())
    const task = thermosTask(this.#task, {hostname: this.#options.hostname, user: account.name})
    const runner = new TaskRunner(task, site ?? (await this.#prepare(account)), this.#checkpoint)
    this.#runner = runner
    if (this.#killRequest !== undefined) runner.kill(this.#killRequest.message, this.#killRequest.wait)
    else this.#reportRunning(task, history)
    return runner.run(history)
  }

  async #prepare(account: Account): Promise<ProcessSite> {
    const {root, switchAccounts: switched} = this.#options
    this.#report({status: 'STARTING', message: 'Initializing sandbox.'})
    if (switched && setprivPath() === undefined) {
      throw new TaskRefused('Failed to initialize sandbox: running tasks as another user needs setpriv (of util-linux)')
    }
    const directories = newDirectories(root, this.#task.taskId)
    await createSandbox(root, directories, account, switched)
    this.#checkpoint.append({type: 'header', boot: bootId(), ...directories, account, switched})
    return {directories, account, switched}
  }

  async #account(): Promise<Account> {
    if (!this.#options.switchAccounts) return ownAccount()
    const {role} = this.#task
    const account = await this.#options.lookUpAccount(role)
    if (account !== undefined) return account
    throw new TaskRefused(`Failed to initialize sandbox: Could not create sandbox because user does not exist: ${role}`)
  }

  #reportRunning(_task: ThermosTask, history: readonly CheckpointRecord[]): void {
    if (history.some((record) => record.type === 'killed' || (record.type === 'status' && record.status === 'RUNNING'))) return
    this.#report({status: 'RUNNING', message: 'No health-check defined, task is assumed healthy.'})
  }

  #report(outcome: Outcome): void {
    try {
      this.#checkpoint.append({type: 'status', status: outcome.status, message: outcome.message})
    } catch {
      // A full disk must not keep the core from hearing it.
    }
    this.#tell(outcome)
  }

  #tell({status, message}: Outcome): void {
    this.#options.report({taskId: this.#task.taskId, status, message})
  }
}

export function isTerminal(status: AgentStatus['status']): boolean {
  return status !== 'STARTING' && status !== 'RUNNING'
}

/** The header is ours, yet paths out of a file are looked at before processes run in them. */
export function siteOf(header: Extract<CheckpointRecord, {type: 'header'}>, root: string): ProcessSite {
  const {run, sandbox, account, switched} = header
  if (!isInside(root, run) || !isInside(run, sandbox)) throw new TaskRefused('Task checkpoint could not be read.', 'LOST')
  return {directories: {run, sandbox}, account, switched}
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof TaskRefused) return {status: error.status, message: error.message}
  return {status: 'LOST', message: 'Thermos failed with internal error.'}
}
