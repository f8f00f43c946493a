import type {HookHost} from '../../config/live-config.ts'
import type {LogLevel} from '../../model/events.ts'
import type {Json} from '../../model/json.ts'
import {toSimpleJson} from '../../scheduler/thrift/simple-json.ts'
import {toJobConfiguration} from '../../schema/convert.ts'
import {safeLine} from '../../terminal/safe-text.ts'
import type {Capabilities} from '../capabilities/capabilities.ts'
import {FILE_POWERS} from './config-grant.ts'
import {askPerson, type Asking, usePower} from './hook-powers.ts'

/** What the command lends to hooks of configuration files. */
export interface Lent {
  world: Capabilities
  log: (level: LogLevel, text: string, source: string) => void
  /** The person who runs the command, by the operating system. */
  user: string
}

const MAX_QUESTION = 500
/** Of one hook, each time that it is asked. */
const MAX_LINES = 1_000

type Use = (...args: Json[]) => Json | Promise<Json>

/** Serves one hook while it is asked. What it prints is logged, a line at a time. */
export class LentHost implements HookHost {
  readonly #uses: Readonly<Record<string, Use>>
  readonly #log: (level: LogLevel, text: string) => void
  #line = ''
  #lines = 0

  constructor(asking: Asking, {world, log, user}: Lent) {
    const {hook, hooks} = asking
    this.#log = (level, text) => {
      if (++this.#lines < MAX_LINES) log(level, safeLine(text), hook)
      else if (this.#lines === MAX_LINES) log('warn', 'further log lines are left out', hook)
    }
    const powers = FILE_POWERS.map((power): [string, Use] => [power, (...args) => usePower(asking, power, args)])
    this.#uses = {
      prompt: (question, secret) => {
        const text = safeLine(String(question), MAX_QUESTION).trim() || '?'
        if (secret !== true) return askPerson(asking, text)
        const given = world.answers.find(hook, text)
        return given === undefined ? asAnswer(askSecret(world, `[${hook}] ${text}`, asking.signal)) : {answer: given}
      },
      log: (level, text) => this.#record(level, text),
      job: () => toSimpleJson('JobConfiguration', toJobConfiguration(hooks.job, {user})),
      ...Object.fromEntries(powers),
    }
  }

  output(text: string): void {
    const lines = (this.#line + text).split('\n')
    this.#line = lines.pop() ?? ''
    for (const line of lines) this.#log('info', line)
  }

  /** Tells what it printed without a line end. */
  flush(): void {
    if (this.#line !== '') this.output('\n')
  }

  use(power: string, args: readonly Json[]): Json | Promise<Json> {
    const use = Object.hasOwn(this.#uses, power) ? this.#uses[power] : undefined
    if (!use) throw new Error(`the command has no '${power}' for hooks`)
    return use(...args)
  }

  #record(level: Json | undefined, text: Json | undefined): null {
    if (this.#lines > 2 * MAX_LINES) throw new Error(`more than ${2 * MAX_LINES} log lines`)
    const known = ['debug', 'info', 'warn', 'error'] as const
    for (const line of String(text).split('\n')) this.#log(known.find((each) => each === level) ?? 'info', line)
    return null
  }
}

/** What nobody is to see on the terminal is in no log, either. */
async function askSecret({prompt, masker}: Capabilities, question: string, signal: AbortSignal): Promise<string> {
  const typed = await prompt.secret(question, signal)
  // A very short one cannot be hidden.
  if (typed.length >= 4) masker.add(typed)
  return typed
}

async function asAnswer(answer: Promise<string>): Promise<Json> {
  return answer.then(
    (text) => ({answer: text}),
    (error: Error) => ({failed: error.message}),
  )
}
