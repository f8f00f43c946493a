/** The program of the Python child: an interpreter and the engine that answers it, in one process without powers. */
import type {Json} from '../../model/json.ts'
import {SyncParent} from '../../sandbox/child/sync-parent.ts'
import {GuestException, PythonError, PythonTrap} from '../../sandbox/python/errors.ts'
import {Interpreter} from '../../sandbox/python/interpreter.ts'
import type {ChildRequest, EvaluateAnswer, EvaluateRequest, FailedAnswer, HandedOver, HookAnswer, HookRequest} from '../protocol.ts'
import {hostFiles} from './host-files.ts'
import {Engine} from './engine.ts'
import {SoftLimit} from './soft-limit.ts'

const MAX_OUTPUT_CHARACTERS = 1 << 20

const [, , image = ''] = process.argv
const client = process.ppid
const parent = new SyncParent()
const limit = new SoftLimit()

// Started before anybody asks: the command has other work to do meanwhile.
let ready: Runtime | undefined = start()
// With the live objects of a file that was evaluated.
let kept: Runtime | undefined

parent.serve((body) => {
  if (isHookRequest(body)) return askHook(body) as unknown as Json
  const runtime = ready ?? start()
  ready = runtime
  // Nothing is asked but whether it has started.
  if (body === null) return null
  ready = undefined
  return evaluate(runtime, body as unknown as EvaluateRequest) as unknown as Json
})

interface Runtime {
  engine: Engine
  interpreter: Interpreter
}

function start(): Runtime {
  const engine = new Engine()
  const variables = new Set<Json>()
  let printed = 0
  const interpreter = new Interpreter({
    image,
    host: {
      ...engine.questions,
      include: (path, includer) => ask(['include', text(path), text(includer)]),
      hostname: () => ask(['hostname']),
      hook: (power, ...args) => ask(['hook', text(power), ...args]),
      variable(name) {
        if (variables.has(name ?? null)) return
        variables.add(name ?? null)
        ask(['variable', typeof name === 'string' ? name : null])
      },
    },
    files: hostFiles(ask),
    output(stream, bytes) {
      const text = Buffer.from(bytes).toString()
      printed += text.length
      if (printed <= MAX_OUTPUT_CHARACTERS) ask(['output', stream, text])
    },
    interrupted() {
      // Nobody waits for the answer any more.
      if (process.ppid !== client) process.exit()
      return limit.strike()
    },
  })
  return {engine, interpreter}
}

function text(argument: Json | undefined): string {
  if (typeof argument !== 'string') throw new GuestException('TypeError', 'a text is expected')
  return argument
}

function ask(request: ChildRequest): Json {
  return limit.uncounted(() => parent.request(request))
}

function evaluate(runtime: Runtime, {file, directory, environment, limitMs, after, keep}: EvaluateRequest): EvaluateAnswer {
  const {engine, interpreter} = runtime
  limit.start(limitMs)
  try {
    interpreter.enter(directory)
    const handedOver = interpreter.call('aurora_config', 'evaluate', {...file}, {...environment}) as unknown as HandedOver
    const used = [...interpreter.used]
    const answer = after === undefined ? {} : {answer: interpreter.call('aurora_config', 'run_after', after)}
    // Whatever comes of a program that went on regardless is not what it meant.
    if (limit.reached) return {kind: 'failed', overdue: true, type: '', message: '', traceback: '', frames: []}
    if (keep && handedOver.hooks.length > 0) kept = runtime
    return {...handedOver, kind: 'evaluated', types: engine.types.records, used, ...answer}
  } catch (error) {
    return failure(error)
  }
}

function isHookRequest(body: Json): body is Json & HookRequest {
  return typeof body === 'object' && body !== null && !Array.isArray(body) && 'hook' in body
}

function askHook({hook: {number, event, method, job, values, outcome}, limitMs}: HookRequest): HookAnswer {
  if (!kept) return {kind: 'lost', reason: 'its live objects are gone'}
  limit.start(limitMs)
  try {
    const said = kept.interpreter.call('aurora_hooks', 'ask', number, event, method, {...job} as unknown as Json, values, outcome)
    return limit.reached ? {kind: 'failed', overdue: true, type: '', message: '', traceback: '', frames: []} : {kind: 'said', said}
  } catch (error) {
    return failure(error)
  }
}

function failure(error: unknown): FailedAnswer | Extract<EvaluateAnswer, {kind: 'lost'}> {
  if (error instanceof PythonError) {
    const {type, message, traceback, frames} = error.details
    return {
      kind: 'failed',
      overdue: limit.reached,
      type,
      message,
      traceback,
      frames: frames.map(({file, line, source}) => ({file, line, source})),
    }
  }
  if (error instanceof PythonTrap) return {kind: 'lost', reason: error.message}
  throw error
}
