import {HOOK_PHASES, type HookPhase} from '../model/hook-point.ts'
import type {HookView} from '../model/hook-view.ts'
import {formatJobKey, type JobKey} from '../model/job-key.ts'
import {meets} from './condition.ts'
import {formatPoint, type OperationTable} from './manifest.ts'
import {reachedFrom} from './reach.ts'
import type {RegisteredHook} from './registered.ts'

/** A hook that is to be asked now, with the points that it is asked at for the first time. */
export interface DueHook {
  hook: RegisteredHook
  points: readonly string[]
  /** What it is asked about. */
  change: string
}

type Bound = Pick<RegisteredHook, 'source' | 'name'>

/**
 * Which hooks are to be asked at a point; each is asked once at it about the same change of a job, however operations nest. A part that
 * is about something else than the whole was, other instances or another configuration, is asked about. Decided without a sandbox.
 */
export class HookSelection {
  readonly #hooks: readonly RegisteredHook[]
  readonly #operations: OperationTable
  /** What has run: hook, point, and what it was asked about. */
  readonly #done = new Set<string>()

  constructor(hooks: readonly RegisteredHook[], operations: OperationTable) {
    this.#hooks = hooks
    this.#operations = operations
  }

  /** One at a time: what ran before decides whether the next is still due. */
  *due(phase: HookPhase, view: HookView): Generator<DueHook> {
    const change = changeIn(view)
    for (const hook of this.#hooks) {
      if (!concerns(hook, view.job)) continue
      const points = pointsOf(hook, phase, view.operation, this.#operations).filter((point) => !this.#done.has(keyOf(hook, point, change)))
      if (points.length > 0) yield {hook, points, change}
    }
  }

  /** A configured hook has also run as the one that it configures. */
  markRun({hook, points, change}: DueHook): void {
    for (const as of hook.configures ? [hook, hook.configures] : [hook])
      for (const point of points) this.#done.add(keyOf(as, point, change))
  }
}

/** Whether the operation asks the hook in any phase, for a job that is known. */
export function boundTo(hook: RegisteredHook, operation: string, operations: OperationTable, job: JobKey | undefined): boolean {
  const phases = Object.keys(HOOK_PHASES) as HookPhase[]
  return concerns(hook, job) && phases.some((phase) => pointsOf(hook, phase, operation, operations).length > 0)
}

/** Whether the hook is for this job; an optional one is for none unless a file uses it. */
function concerns({when, narrowed = {}, optional}: RegisteredHook, job: JobKey | undefined): boolean {
  return !optional && meets(when, job) && meets(narrowed, job)
}

/** The hook's points that an operation reaches in a phase; a pre hook guards the operations that call its own, too. */
export function pointsOf({on}: RegisteredHook, phase: HookPhase, operation: string, operations: OperationTable): string[] {
  const reached = phase === 'pre' ? reachedFrom(operation, operations) : new Set([operation])
  return on.filter((point) => point.phase === phase && reached.has(point.operation)).map(formatPoint)
}

function keyOf({source, name}: Bound, point: string, change: string): string {
  return JSON.stringify([source, name, point, change])
}

/** What is changed of which job, in a view: the same for an operation and for one that it calls to do all of it. */
function changeIn({job, config, instances}: HookView): string {
  return JSON.stringify([job && formatJobKey(job), config, instances])
}
