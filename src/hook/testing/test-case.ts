import {UserError} from '../../model/errors.ts'
import {ExitCode} from '../../model/exit-code.ts'
import {HOOK_PHASES, isHookPhase} from '../../model/hook-point.ts'
import type {HookView} from '../../model/hook-view.ts'
import {parseJobKey} from '../../model/job-key.ts'
import type {Json, JsonObject} from '../../model/json.ts'
import {nearest} from '../../model/nearest.ts'
import type {HookDeclaration} from '../manifest.ts'

/** How a hook can end: by an answer, by failing, or by not being asked at all, because of its `when`. */
const ENDS = ['allow', 'deny', 'amend', 'hint', 'fail', 'not-asked'] as const
export type End = (typeof ENDS)[number]

/** What a case expects. In texts, `*` stands for any text. */
export interface Expectation {
  decision: End
  /** Of a denial or a failure. */
  reason?: string
  changes?: JsonObject
  hint?: string
  /** Lines of the log that are there, such as `warn *late*`. */
  log?: readonly string[]
  /** Calls of powers that are made, in this order: `exec git *`. */
  calls?: readonly string[]
  state?: JsonObject
}

/** One case of a hook's tests: what it sees, what its powers answer, and what it should say. All of it is data. */
export interface TestCase {
  /** The case's file, from the plugin's folder. */
  file: string
  name: string
  hook: HookDeclaration
  view: HookView
  powers: JsonObject
  state: JsonObject
  expect: Expectation
}

const FIELDS = ['name', 'hook', 'context', 'powers', 'state', 'expect']
const CONTEXT = ['phase', 'operation', 'user', 'job', 'options', 'with', 'config', 'instances', 'dryRun', 'result', 'error', 'outcome']
const EXPECT = ['decision', 'reason', 'changes', 'hint', 'log', 'calls', 'state']

/** Reads one case. @throws UserError (exit 3) that names the file, the case and what is wrong */
export function readCase(data: Json, at: {file: string; index: number}, hooks: readonly HookDeclaration[]): TestCase {
  const wrong = (text: string) =>
    malformed(at.file, `case ${isObject(data) && data['name'] ? `'${String(data['name'])}'` : at.index + 1}: ${text}`)
  const fields = object(data, 'it', FIELDS, wrong)
  const {name} = fields
  if (typeof name !== 'string' || name === '') throw wrong("it has no 'name'")
  const hook = findHook(fields['hook'], hooks, wrong)
  return {
    file: at.file,
    name,
    hook,
    view: readContext(fields['context'] ?? {}, hook, wrong),
    powers: object(fields['powers'] ?? {}, "'powers'", undefined, wrong),
    state: object(fields['state'] ?? {}, "'state'", undefined, wrong),
    expect: readExpectation(fields['expect'] ?? {}, wrong),
  }
}

type Wrong = (text: string) => UserError

function findHook(name: Json | undefined, hooks: readonly HookDeclaration[], wrong: Wrong): HookDeclaration {
  const [only] = hooks
  if (name === undefined && only && hooks.length === 1) return only
  const names = hooks.map((hook) => hook.name)
  if (name === undefined) throw wrong(`it does not say which 'hook' it is for: ${names.join(', ')}`)
  const hook = hooks.find((each) => each.name === name)
  if (!hook) throw wrong(`the plugin has no hook '${String(name)}'${nearest(String(name), names)}`)
  return hook
}

/** The context as a run would have it; what is left out is that of the hook's first point, for nobody in particular. */
export function readContext(data: Json, hook: Pick<HookDeclaration, 'on'> | undefined, wrong: Wrong): HookView {
  const {
    job,
    phase = hook?.on[0]?.phase ?? 'pre',
    operation = hook?.on[0]?.operation ?? '',
    ...fields
  } = object(data, "'context'", CONTEXT, wrong)
  if (typeof phase !== 'string' || !isHookPhase(phase)) throw wrong(`'context.phase' is one of ${Object.keys(HOOK_PHASES).join(', ')}`)
  if (typeof operation !== 'string') throw wrong("'context.operation' is a text")
  const key = typeof job === 'string' ? jobKey(job, wrong) : job
  return {
    user: 'me',
    options: {},
    dryRun: false,
    ...fields,
    phase,
    operation,
    ...(key === undefined ? {} : {job: key}),
  } as unknown as HookView
}

function jobKey(text: string, wrong: Wrong): Json {
  try {
    return {...parseJobKey(text)}
  } catch (error) {
    throw wrong(`'context.job': ${(error as Error).message}`)
  }
}

function readExpectation(data: Json, wrong: Wrong): Expectation {
  const fields = object(data, "'expect'", EXPECT, wrong)
  const {decision, reason, hint, changes, log, calls, state} = fields
  if (!ENDS.includes(decision as End)) throw wrong(`'expect.decision' is one of ${ENDS.join(', ')}`)
  for (const [name, text] of Object.entries({reason, hint})) {
    if (text !== undefined && typeof text !== 'string') throw wrong(`'expect.${name}' is a text, in which * stands for any text`)
  }
  for (const [name, list] of Object.entries({log, calls})) {
    if (list !== undefined && !(Array.isArray(list) && list.every((each) => typeof each === 'string')))
      throw wrong(`'expect.${name}' is a list of texts`)
  }
  for (const [name, value] of Object.entries({changes, state}))
    if (value !== undefined && !isObject(value)) throw wrong(`'expect.${name}' is an object`)
  return fields as unknown as Expectation
}

function object(data: Json, what: string, fields: readonly string[] | undefined, wrong: Wrong): JsonObject {
  if (!isObject(data)) throw wrong(`${what} must be an object`)
  const unknown = fields && Object.keys(data).find((name) => !fields.includes(name))
  if (unknown !== undefined && fields) throw wrong(`${what} has an unknown field '${unknown}'${nearest(unknown, fields)}`)
  return data
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function malformed(file: string, text: string): UserError {
  return new UserError(`${file}: ${text}`, {
    code: 'hooks.test-case',
    exitCode: ExitCode.invalidConfiguration,
    remedy: 'See docs/hook-testing.md for what a case is.',
  })
}
