import type {OperationName} from './operations.ts'

/** The phases of every operation, in the order in which they run; what each may do is its row. */
export const HOOK_PHASES = {
  amend: {when: 'after the reading steps', mayAmend: true, mayDeny: true},
  pre: {when: 'on the final context, before anything is changed', mayAmend: false, mayDeny: true},
  post: {when: 'after success', mayAmend: false, mayDeny: false},
  error: {when: 'after a failure', mayAmend: false, mayDeny: false},
  finally: {when: 'always, last', mayAmend: false, mayDeny: false},
} as const satisfies Record<string, {when: string; mayAmend: boolean; mayDeny: boolean}>

export type HookPhase = keyof typeof HOOK_PHASES

/** Where a hook is bound: `pre:job.kill`. */
export type HookPoint = `${HookPhase}:${OperationName}`

export function isHookPhase(text: string): text is HookPhase {
  return Object.hasOwn(HOOK_PHASES, text)
}
