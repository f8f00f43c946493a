import type {Checkpoint, CheckpointRecord, Stage} from './checkpoint.ts'
import {commandLine, type ProcessSite} from './command-line.ts'
import {adoptRun, type Run, startRun} from './coordinator.ts'
import {Plan} from './plan.ts'
import {type ProcessEntry, processTable} from './proc.ts'
import {invalidTask} from './refusal.ts'
import type {RunEnd} from './run-record.ts'
import {needsOf} from './schedule.ts'
import type {ThermosTask} from './thermos-task.ts'
import {killUntilGone, type Leader, signal, taskMembers, withDescendants} from './tree.ts'
import type {AgentStatus} from './types.ts'
import {Wake} from './wake.ts'

export type Outcome = Pick<AgentStatus, 'status' | 'message'>

/** How often, in milliseconds, we look for the end of what is no child of ours. */
const POLL = 250

/** Takes a task through its stages (reference/thermos.md §6). */
export class TaskRunner {
  readonly #task: ThermosTask
  readonly #site: ProcessSite
  readonly #checkpoint: Checkpoint
  readonly #regular: Plan
  readonly #final: Plan
  readonly #runs = new Map<string, Run>()
  readonly #runCounts = new Map<string, number>()
  readonly #asked = new Set<string>()
  readonly #wake = new Wake()
  #stage: Stage = 'ACTIVE'
  #deadline = Infinity
  #healthy = true
  #killed: Outcome | undefined

  constructor(task: ThermosTask, site: ProcessSite, checkpoint: Checkpoint) {
    this.#task = task
    this.#site = site
    this.#checkpoint = checkpoint
    this.#regular = planOf(task, false)
    this.#final = planOf(task, true)
  }

  /** Runs the task to its end, from where the records of an earlier life stop. */
  async run(history: readonly CheckpointRecord[] = []): Promise<Outcome> {
    try {
      this.#replay(history)
      if (this.#stage === 'ACTIVE') await this.#active()
      if (this.#stage === 'CLEANING' && (await this.#clean())) this.#enter('FINALIZING')
      if (this.#stage === 'FINALIZING') await this.#finalize()
    } finally {
      await this.#killAll()
      await Promise.all([...this.#runs.values()].map((run) => run.ended))
    }
    if (this.#killed !== undefined) return this.#killed
    return this.#healthy ? {status: 'FINISHED', message: 'Task finished.'} : {status: 'FAILED', message: 'Task failed.'}
  }

  /** Ends the task as `outcome` within `wait` milliseconds, final processes included; a second call can only make the time shorter. */
  kill(outcome: Outcome, wait: number): void {
    const deadline = Date.now() + wait
    this.#deadline = this.#killed === undefined ? deadline : Math.min(deadline, this.#deadline)
    this.#killed ??= {status: outcome.status, message: outcome.message}
    this.#wake.ring()
    try {
      this.#checkpoint.append({type: 'killed', ...this.#killed, deadline: this.#deadline})
    } catch (error) {
      this.#wake.fail(error)
    }
  }

  /** Whether its regular processes are what it is about. */
  get isActive(): boolean {
    return this.#stage === 'ACTIVE' && this.#killed === undefined
  }

  async #active(): Promise<void> {
    const plan = this.#regular
    while (this.#killed === undefined && !plan.complete && plan.healthy) {
      this.#start(plan)
      await this.#wake.until(plan.nextStart(Date.now()))
    }
    this.#healthy = plan.healthy
    if (this.#killed === undefined) this.#deadline = Date.now() + this.#task.finalizationWait * 1000
    this.#enter('CLEANING')
  }

  /** Asks what still runs to end; true when all of it did within the time. */
  async #clean(): Promise<boolean> {
    for (;;) {
      const table = processTable()
      const members = this.#members(table)
      if (members.length === 0 && this.#runs.size === 0) return true
      if (Date.now() >= this.#deadline) return false
      for (const entry of this.#toAsk(members)) this.#ask(entry)
      await this.#wake.until(Math.min(this.#deadline, Date.now() + POLL))
    }
  }

  /** Once each, also over a restart of the daemon: many programs take a second SIGTERM for impatience. */
  #ask({pid, startTime}: ProcessEntry): void {
    const process = `${pid}.${startTime}`
    if (this.#asked.has(process)) return
    signal(pid, 'SIGTERM')
    this.#asked.add(process)
    this.#checkpoint.append({type: 'asked', process})
  }

  /** The processes themselves (children of their coordinators), not their children; and orphans, which no process of the plan has any more. */
  #toAsk(members: readonly ProcessEntry[]): ProcessEntry[] {
    const coordinators = new Set(this.#leaders().map(({pid}) => pid))
    const table = new Map(members.map((entry) => [entry.pid, entry]))
    const kept = new Set(
      withDescendants(
        members.filter(({pid}) => coordinators.has(pid)),
        table,
      ),
    )
    return members.filter((entry) => coordinators.has(entry.parent) || !kept.has(entry))
  }

  async #finalize(): Promise<void> {
    await this.#killAll()
    const plan = this.#final
    while (Date.now() < this.#deadline && !plan.complete && !plan.deadlocked) {
      this.#start(plan)
      await this.#wake.until(Math.min(this.#deadline, plan.nextStart(Date.now()) ?? Infinity))
    }
  }

  #start(plan: Plan): void {
    for (const name of plan.startable(Date.now())) {
      const process = this.#task.processes.find((candidate) => candidate.name === name)
      if (process === undefined) continue
      const run = this.#runCounts.get(name) ?? 0
      this.#checkpoint.append({type: 'forked', process: name, run})
      this.#forked(name, run)
      const command = commandLine(process, run, this.#site)
      this.#watch(name, run, startRun(this.#record(name, run), this.#site.directories.sandbox, command))
    }
  }

  #watch(name: string, number: number, run: Run): void {
    this.#runs.set(name, run)
    const note = (end: RunEnd) => {
      const at = Date.now()
      this.#ended(name, end, at)
      this.#wake.ring()
      this.#checkpoint.append({type: 'ended', process: name, run: number, result: end.result, detail: end.detail, at})
    }
    run.ended.then(note).catch((error: unknown) => this.#wake.fail(error))
  }

  #replay(history: readonly CheckpointRecord[]): void {
    const open = new Map<string, number>()
    for (const record of history) {
      if (record.type === 'forked') {
        this.#forked(record.process, record.run)
        open.set(record.process, record.run)
      } else if (record.type === 'ended') {
        this.#ended(record.process, record, record.at)
        open.delete(record.process)
      } else if (record.type === 'stage') {
        this.#stage = record.stage
        this.#deadline = record.deadline
        this.#healthy = record.healthy
      } else if (record.type === 'asked') {
        this.#asked.add(record.process)
      } else if (record.type === 'killed') {
        this.#killed = {status: record.status, message: record.message}
        this.#deadline = record.deadline
      }
    }
    for (const [name, run] of open) this.#watch(name, run, adoptRun(this.#record(name, run), POLL))
  }

  #forked(name: string, run: number): void {
    this.#runCounts.set(name, run + 1)
    this.#regular.started(name)
    this.#final.started(name)
  }

  #ended(name: string, {result}: Pick<RunEnd, 'result'>, at: number): void {
    this.#runs.delete(name)
    this.#regular.ended(name, result, at)
    this.#final.ended(name, result, at)
  }

  #enter(stage: Stage): void {
    this.#stage = stage
    this.#checkpoint.append({type: 'stage', stage, deadline: this.#deadline, healthy: this.#healthy})
  }

  #record(name: string, run: number): string {
    return this.#checkpoint.runRecord(
      this.#task.processes.findIndex((process) => process.name === name),
      run,
    )
  }

  #leaders(): Leader[] {
    return [...this.#runs.values()].map((run) => run.leader()).filter((leader) => leader !== undefined)
  }

  #members(table = processTable()): ProcessEntry[] {
    return taskMembers(this.#site.directories.sandbox, this.#leaders(), table)
  }

  async #killAll(): Promise<void> {
    await killUntilGone(() => this.#members())
  }
}

function planOf(task: ThermosTask, final: boolean): Plan {
  const processes = task.processes.filter((process) => process.final === final)
  const schedule = needsOf(processes, task.orders, task.processes)
  if (!schedule.ok) throw invalidTask()
  return new Plan(processes, schedule.needs, task)
}
