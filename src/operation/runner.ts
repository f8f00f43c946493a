import type {Emit} from '../model/events.ts'
import type {JobKey} from '../model/job-key.ts'
import type {OperationName} from '../model/operations.ts'
import type {Outcome} from '../model/outcome.ts'
import type {ApiHooks} from './api-call.ts'
import {Execution, Planned} from './execution.ts'
import type {HookChain} from './hook-chain.ts'
import {Ledger} from './ledger.ts'
import type {Operation} from './operation.ts'
import {failedOutcome, runEnd} from './outcome-of.ts'
import type {RunRecord} from './run-record.ts'

/** What a run needs from its surroundings. */
export interface RunEnvironment {
  hooks: HookChain
  /** Asks the hooks of configuration files. */
  apiHooks?: ApiHooks
  emit: Emit
  /** Aborted by Ctrl-C or SIGTERM. */
  signal: AbortSignal
  dryRun: boolean
  user: string
  /** The run's id. */
  run: string
  /** Where the run is recorded; a run without a record cannot be resumed. */
  record?: RunRecord | undefined
}

/** Runs an operation to its end; whatever happens inside is an outcome, nothing is thrown. */
export async function runOperation<Name extends OperationName, Input extends object, Result>(
  operation: Operation<Name, Input, Result>,
  input: Input,
  environment: RunEnvironment,
): Promise<Outcome<Result>> {
  const {emit, run} = environment
  emit({type: 'run.started', run, operation: operation.name})
  environment.hooks.warm(operation.name, jobOf(input))
  const ledger = new Ledger(emit, environment.record)
  const outcome = await new Execution(environment, ledger).execute(operation, input).then(
    (result): Outcome<Result> => (result instanceof Planned ? {status: 'planned', effects: result.effects} : {status: 'applied', result}),
    (thrown: unknown) => failedOutcome(thrown, ledger),
  )
  const end = runEnd(outcome)
  emit({type: 'run.finished', run, operation: operation.name, status: outcome.status, ...(end ? {end} : {})})
  return outcome
}

/** Most operations are told their job, so that hooks of others need not be got ready. */
function jobOf(input: {job?: unknown}): JobKey | undefined {
  const {job} = input
  return typeof job === 'object' && job !== null && 'cluster' in job && 'environment' in job ? (job as JobKey) : undefined
}
