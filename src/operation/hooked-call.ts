import {asAuroraError, HookDenied} from '../model/errors.ts'
import type {ApiCall, ApiHooks} from './api-call.ts'
import {AnswerLost} from './ledger.ts'

/**
 * Makes a call with the hooks of the configuration around it: all are asked before, and told afterwards (reference/hooks.md §1.4).
 * @throws HookDenied when one speaks against it; nothing has been sent then.
 */
export async function hookedCall<Answer>(
  hooks: ApiHooks,
  call: ApiCall,
  signal: AbortSignal,
  perform: () => Promise<Answer>,
): Promise<Answer> {
  const failures = await hooks.before(call, signal)
  signal.throwIfAborted()
  if (failures.length > 0) {
    const reasons = failures.map(({hook, source, reason}) => `  ${hook} (${source}): ${reason}`)
    throw new HookDenied(`Pre hooks stopped call to ${call.method}:\n${reasons.join('\n')}`, {code: 'hook.denied', failures})
  }
  let answer: Answer
  try {
    answer = await perform()
  } catch (thrown) {
    await hooks.after(call, asAuroraError(thrown instanceof AnswerLost ? thrown.error : thrown))
    throw thrown
  }
  await hooks.after(call, undefined)
  return answer
}
