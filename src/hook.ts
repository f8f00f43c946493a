/** What hook scripts import: it is the same inside the sandbox and where a hook is written and tested. */
export type {Decision} from './model/decision.ts'
export type {AnswerAt, ContextAt} from './model/hook-at.ts'
export type {HookPhase, HookPoint} from './model/hook-point.ts'
export type {
  ExecOptions,
  ExecResult,
  FetchAnswer,
  FetchOptions,
  HookClock,
  HookExec,
  HookFetch,
  HookPowers,
  HookPrompt,
  HookRandom,
  HookRead,
  HookScheduler,
  HookStore,
} from './model/hook-powers.ts'
export type {SchedulerQueries, SchedulerQuery} from './model/scheduler-queries.ts'
export type {HookView} from './model/hook-view.ts'
export type {JobKey} from './model/job-key.ts'
export type {Json, JsonObject} from './model/json.ts'
export {allow, amend, defineHook, deny, type Hint, hint, type Hook, type HookScriptContext} from './model/hook-script.ts'
