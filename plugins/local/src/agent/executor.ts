import {type Account, type AccountLookup, ownAccount} from './account.ts'
import {type Checkpoint, type CheckpointRecord} from './checkpoint.ts'
import {type ProcessSite, setprivPath} from './command-line.ts'
import {createSandbox, isInside, newDirectories} from './directories.ts'
import {bootId} from './proc.ts'
import {BadField} from './fields.ts'
import {type HealthCheck, healthCheckOf} from './health-check.ts'
import {HealthCount} from './health-count.ts'
import {askToEnd, endsWithin} from './http-lifecycle.ts'
import {TaskRefused} from './refusal.ts'
import {type Outcome, TaskRunner} from './task-runner.ts'
import {thermosTask} from './thermos-task.ts'
import type {AgentStatus, AgentTask} from './types.ts'

export interface ExecutorOptions {
  root: string
  hostname: string
  /** Milliseconds from the first signal to the last. */
  killWait: number
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
  /** What was asked for before there was a runner to be told. */
  #early: (() => void) | undefined
  /** How the task ends, if not by itself. */
  #stop: Outcome | undefined
  #lifecycle: (() => Promise<void>) | undefined

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

  /** Ends the task: asks it over HTTP, where it wants that, then with signals. */
  kill(): void {
    void this.#end({status: 'KILLED', message: 'Instructed to kill task.'}, this.#options.killWait)
  }

  /** The same without asking, within `wait` milliseconds, because the agent ends. */
  shutDown(wait: number): void {
    this.#stop ??= {status: 'KILLED', message: 'Told to shut down executor.'}
    this.#signal(this.#stop, wait)
  }

  async #end(outcome: Outcome, wait: number): Promise<void> {
    if (this.#stop !== undefined) return
    this.#stop = outcome
    await this.#lifecycle?.().catch(() => {}) // Its fields make no sense: then there is nobody to ask.
    this.#signal(outcome, wait)
  }

  #signal(outcome: Outcome, wait: number): void {
    if (this.#runner === undefined) this.#early = () => this.#signal(outcome, wait)
    else this.#runner.kill(outcome, wait)
  }

  async #execute(history: readonly CheckpointRecord[]): Promise<Outcome> {
    const header = history.find((record) => record.type === 'header')
    if (header !== undefined && header.boot !== bootId()) return {status: 'LOST', message: 'Runner died while task was active.'}
    this.#stop ??= history.find((record) => record.type === 'killed')
    const known = header === undefined ? undefined : siteOf(header, this.#options.root)
    const account = known?.account ?? (await this.#account())
    const task = thermosTask(this.#task, {hostname: this.#options.hostname, user: account.name})
    const site = known ?? (await this.#prepare(account))
    const check = healthCheckOf(task, site)
    const runner = new TaskRunner(task, site, this.#checkpoint)
    this.#runner = runner
    this.#early?.()
    const run = runner.run(history)
    const over = Promise.allSettled([run])
    this.#lifecycle = () => askToEnd(task, over)
    const wasRunning = history.some((record) => record.type === 'status' && record.status === 'RUNNING')
    void this.#watchHealth(check, runner, over, wasRunning)
    const own = await run
    return this.#stop === undefined ? own : {status: this.#stop.status, message: this.#stop.message}
  }

  /** Says that the task runs once it is healthy, and ends it when it no longer is. */
  async #watchHealth(check: HealthCheck | undefined, runner: TaskRunner, over: Promise<unknown>, wasRunning: boolean): Promise<void> {
    const running = (message: string) => this.#report({status: 'RUNNING', message})
    if (check === undefined) {
      if (runner.isActive && !wasRunning) running('No health-check defined, task is assumed healthy.')
      return
    }
    const count = new HealthCount(check.limits, wasRunning)
    do {
      const reason = await check.check()
      if (!runner.isActive || this.#stop !== undefined) return
      const verdict = count.observe(reason)
      if (verdict.kind === 'running') running('Task is healthy.')
      if (verdict.kind === 'failed') return this.#end({status: 'FAILED', message: verdict.message}, this.#options.killWait)
    } while (!(await endsWithin(over, check.limits.interval * 1000)))
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
function siteOf(header: Extract<CheckpointRecord, {type: 'header'}>, root: string): ProcessSite {
  const {run, sandbox, account, switched} = header
  if (!isInside(root, run) || !isInside(run, sandbox)) throw new TaskRefused('Task checkpoint could not be read.', 'LOST')
  return {directories: {run, sandbox}, account, switched}
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof TaskRefused) return {status: error.status, message: error.message}
  if (error instanceof BadField) return {status: 'FAILED', message: `Got invalid task: ${error.message}`}
  return {status: 'LOST', message: 'Thermos failed with internal error.'}
}
