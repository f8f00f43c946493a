import {userInfo} from 'node:os'
import type {OperationName} from '../model/operations.ts'
import type {Outcome} from '../model/outcome.ts'
import type {Operation} from '../operation/operation.ts'
import type {HookChain} from '../operation/hook-chain.ts'
import {runOperation} from '../operation/runner.ts'
import {type ChainRequest, hookChainFor} from './hooks.ts'
import {onInterrupt} from './interrupts.ts'

export interface CommandRun extends ChainRequest {
  dryRun: boolean
}

/** Runs an operation for a command: with the user's hooks, events to the renderer, and Ctrl-C heard. */
export async function runForCommand<Name extends OperationName, Input extends object, Result>(
  operation: Operation<Name, Input, Result>,
  input: Input,
  {dryRun, ...request}: CommandRun,
): Promise<Outcome<Result>> {
  const emit = request.renderer.emit.bind(request.renderer)
  const interrupt = onInterrupt((text) => emit({type: 'log', level: 'warn', text}))
  let hooks: HookChain | undefined
  try {
    hooks = await hookChainFor(request)
    return await runOperation(operation, input, {
      hooks,
      emit,
      signal: interrupt.signal,
      dryRun,
      user: userInfo().username,
      run: `${Date.now().toString(36)}-${process.pid}`,
    })
  } finally {
    await hooks?.close()
    interrupt.dispose()
  }
}
