import {userInfo} from 'node:os'
import type {Emit} from '../model/events.ts'
import type {OperationName} from '../model/operations.ts'
import type {Outcome} from '../model/outcome.ts'
import type {Operation} from '../operation/operation.ts'
import type {HookChain} from '../operation/hook-chain.ts'
import {runOperation} from '../operation/runner.ts'
import type {Renderer} from '../terminal/renderer.ts'
import {apiHooksFor, type ChainRequest, hookChainFor, requireFrozen} from './hooks.ts'
import {onInterrupt} from './interrupts.ts'
import {type CommandWords, recordRun} from './recording.ts'

export interface CommandRun extends Omit<ChainRequest, 'emit'> {
  renderer: Renderer
  dryRun: boolean
  /** The command and its words, for the record. */
  command: CommandWords
}

/** Runs an operation for a command: with the user's hooks, events to the renderer, and Ctrl-C heard. */
export async function runForCommand<Name extends OperationName, Input extends object, Result>(
  operation: Operation<Name, Input, Result>,
  input: Input,
  {dryRun, command, renderer, ...request}: CommandRun,
): Promise<Outcome<Result>> {
  const user = userInfo().username
  const {version} = request.config
  const recording = recordRun({operation: operation.name, command, user, version, dryRun, show: (event) => renderer.emit(event)})
  const {run, record} = recording
  const interrupt = onInterrupt((text) => recording.emit({type: 'log', level: 'warn', text}), recording.record?.past)
  const emit: Emit = (event) => {
    interrupt.hear(event)
    recording.emit(event)
  }
  let hooks: HookChain | undefined
  try {
    await requireFrozen(operation.name, {...request, emit})
    hooks = await hookChainFor({...request, emit})
    return await runOperation(operation, input, {
      hooks,
      apiHooks: await apiHooksFor({...request, emit}, {operation: operation.name, user, dryRun}),
      emit,
      signal: interrupt.signal,
      dryRun,
      user,
      run,
      record,
    })
  } finally {
    await hooks?.close()
    interrupt.dispose()
    recording.end()
  }
}
