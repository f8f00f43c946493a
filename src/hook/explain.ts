import {UserError} from '../model/errors.ts'
import {HOOK_PHASES, type HookPhase} from '../model/hook-point.ts'
import type {JobKey} from '../model/job-key.ts'
import type {Json} from '../model/json.ts'
import {nearestNames} from '../model/nearest.ts'
import {HEAP_MB} from '../sandbox/javascript/sandbox.ts'
import {type Condition, unmet} from './condition.ts'
import {MAX_CPU_MS} from './hook-runner.ts'
import type {OperationTable} from './manifest.ts'
import {describePowers} from './powers.ts'
import {reachedFrom} from './reach.ts'
import type {RegisteredHook} from './registered.ts'
import {pointsOf} from './selection.ts'

/** A hook at a point of an operation. */
export interface ExplainedHook {
  /** `pre:job.kill`; of an operation that it calls, too. */
  point: string
  name: string
  kind: RegisteredHook['kind']
  /** Where it is declared. */
  source: string
  /** The file that it runs. */
  script: string
  /** Whether it is asked: `depends` on the job, when none was given. */
  runs: 'yes' | 'no' | 'depends'
  /** Why not, or what it depends on. */
  because?: string
  /** The jobs that it is for: of what it declares itself, and of what a file narrows it to, both. */
  when: readonly Condition[]
  /** What a file says to it. */
  with?: Json
  /** In words, after "it may". */
  powers: readonly string[]
  granted: boolean
  limits: {timeoutMs: number; cpuMs: number; heapMb: number}
  onFailure: 'deny' | 'ignore'
  /** Whether --skip-hooks can name it. */
  skippable: boolean
  /** Why it cannot be asked, which denies. */
  blocked?: string
}

/** Every hook of an operation, in the order in which they run. @throws UserError (exit 6) for one that does not exist, with the nearest names */
export function explainHooks(
  hooks: readonly RegisteredHook[],
  operations: OperationTable,
  operation: string,
  job: JobKey | undefined,
): ExplainedHook[] {
  if (!Object.hasOwn(operations, operation)) throw unknown(operation, operations)
  const [own, ...called] = reachedFrom(operation, operations)
  const at = (phase: HookPhase, name = own ?? operation) =>
    hooks.flatMap((hook) => pointsOf(hook, phase, name, operations).map((point) => explain(hook, point, job, hooks)))
  const phases = Object.keys(HOOK_PHASES) as HookPhase[]
  const before = phases.filter((phase) => HOOK_PHASES[phase].mayDeny)
  const after = phases.filter((phase) => !HOOK_PHASES[phase].mayDeny)
  // What an operation calls runs while it acts; its pre hooks have been asked by then.
  const within = called.flatMap((name) => phases.filter((phase) => phase !== 'pre').flatMap((phase) => at(phase, name)))
  return [...before.flatMap((phase) => at(phase)), ...within, ...after.flatMap((phase) => at(phase))]
}

function explain(hook: RegisteredHook, point: string, job: JobKey | undefined, hooks: readonly RegisteredHook[]): ExplainedHook {
  const {name, kind, source, script, when, narrowed, needs, timeoutMs, onFailure, blocked} = hook
  return {
    point,
    name,
    kind,
    source,
    script,
    ...whether(hook, job, hooks),
    when: narrowed ? [when, narrowed] : [when],
    ...(hook.with === undefined ? {} : {with: hook.with}),
    powers: describePowers(needs),
    granted: blocked === undefined,
    limits: {timeoutMs, cpuMs: Math.min(timeoutMs, MAX_CPU_MS), heapMb: HEAP_MB},
    onFailure,
    skippable: kind !== 'policy',
    ...(blocked === undefined ? {} : {blocked}),
  }
}

function whether(hook: RegisteredHook, job: JobKey | undefined, hooks: readonly RegisteredHook[]): Pick<ExplainedHook, 'runs' | 'because'> {
  const {when, narrowed = {}, optional, source, name} = hook
  if (optional) return {runs: 'no', because: 'it is optional, and no file uses it'}
  if (job) {
    const against = [...unmet(when, job), ...unmet(narrowed, job)]
    if (against.length > 0) return {runs: 'no', because: against.join(', ')}
    const instead = hooks.find(
      (other) =>
        other.kind === 'project' &&
        other.configures?.source === source &&
        other.configures.name === name &&
        unmet(other.narrowed ?? {}, job).length === 0,
    )
    return instead ? {runs: 'no', because: `it runs as ${instead.source} uses it`} : {runs: 'yes'}
  }
  const conditions = [when, narrowed].flatMap((condition) => Object.entries(condition))
  if (conditions.length === 0) return {runs: 'yes'}
  return {runs: 'depends', because: conditions.map(([part, patterns]) => `${part} is ${patterns.join(' or ')}`).join(', ')}
}

function unknown(operation: string, operations: OperationTable): UserError {
  const names = Object.keys(operations).toSorted()
  const near = nearestNames(operation, names).slice(0, 3)
  return new UserError(`There is no operation '${operation}'${near.length > 0 ? `; did you mean ${near.join(', ')}?` : ''}`, {
    code: 'hooks.unknown-operation',
    remedy: `Operations are: ${names.join(', ')}.`,
  })
}
