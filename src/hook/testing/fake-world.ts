import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join, relative} from 'node:path'
import {Masker} from '../../model/masker.ts'
import type {Json, JsonObject} from '../../model/json.ts'
import {nearest} from '../../model/nearest.ts'
import {SCHEDULER_QUERIES, type SchedulerQuery} from '../../model/scheduler-queries.ts'
import type {SchedulerApi} from '../../scheduler/api.ts'
import type {Prompt} from '../../terminal/prompt.ts'
import type {Capabilities} from '../capabilities/capabilities.ts'
import {PromptAnswers} from '../capabilities/prompt-answers.ts'
import {Answers, inOrder, isObject} from './answers.ts'

const POWERS = ['prompt', 'fetch', 'exec', 'read', 'env', 'scheduler', 'store', 'secret', 'clock', 'random']
const NOON = '2026-01-01T12:00:00Z'

/** The world of one case: made of its data, in a folder of its own, and gone afterwards. */
export interface FakeWorld extends AsyncDisposable {
  world: Capabilities
  powers: Readonly<Record<string, Json>>
}

/** @throws Error for data that is none of a power */
export async function fakeWorld(powers: JsonObject): Promise<FakeWorld> {
  const unknown = Object.keys(powers).find((name) => !POWERS.includes(name))
  if (unknown !== undefined) throw new Error(`'powers' has an unknown power '${unknown}'${nearest(unknown, POWERS)}`)
  const home = await mkdtemp(join(tmpdir(), 'aurora-hook-test-'))
  const folder = join(home, 'project')
  const world: Capabilities = {
    prompt: fakePrompt(powers['prompt']),
    answers: new PromptAnswers(),
    folder,
    env: texts('env', powers['env']),
    dataDir: join(home, 'data'),
    scheduler: fakeSchedulers(powers['scheduler']),
    // Requests are answered before anybody looks for a host.
    lookup: async () => [],
    now: fakeClock(powers['clock']),
    masker: new Masker(),
  }
  await mkdir(folder)
  for (const [path, text] of Object.entries(texts('read', powers['read']))) await writeBelow(folder, path, text)
  return {world, powers, [Symbol.asyncDispose]: () => rm(home, {recursive: true, force: true})}
}

function fakePrompt(list: Json | undefined): Prompt {
  const answers = Array.isArray(list) ? list : list === undefined ? [] : [list]
  const remaining = [...answers]
  const next = (question: string): Json => {
    const answer = remaining.shift()
    if (answer === undefined) throw new Error(`the case has no answer for prompt '${question}'`)
    return answer
  }
  const text = async (question: string) => {
    const answer = next(question)
    if (typeof answer !== 'string') throw new Error(`the case answers ${JSON.stringify(answer)} to '${question}'; a text is wanted`)
    return answer
  }
  return {
    async confirm(question) {
      const answer = next(question)
      if (typeof answer !== 'boolean')
        throw new Error(`the case answers ${JSON.stringify(answer)} to '${question}'; true or false is wanted`)
      return answer
    },
    async select(question, choices) {
      const answer = await text(question)
      if (!choices.includes(answer)) throw new Error(`the case answers '${answer}' to '${question}'; the choices are ${choices.join(', ')}`)
      return answer
    },
    input: text,
    secret: text,
  }
}

/** One time, or several of which each is read once and the last stays. */
function fakeClock(given: Json = NOON): () => number {
  const times = (Array.isArray(given) ? given : [given]).map((time) => (typeof time === 'string' ? Date.parse(time) : Number.NaN))
  if (times.length === 0 || times.some((time) => Number.isNaN(time)))
    throw new Error(`'powers.clock' is a time such as ${NOON}, or a list of times`)
  const next = inOrder(times)
  return () => next() ?? 0
}

function fakeSchedulers(list: Json | undefined): Capabilities['scheduler'] {
  const answers = new Answers('scheduler', 'query', list)
  return async (cluster) => {
    const ask = (query: SchedulerQuery) => async () => {
      const {answer = {}} = answers.for(`${cluster} ${query}`) as Partial<JsonObject>
      return {responseCode: 'OK', details: [], result: {[SCHEDULER_QUERIES[query]]: answer}}
    }
    const queries = Object.keys(SCHEDULER_QUERIES) as SchedulerQuery[]
    return Object.fromEntries(queries.map((query) => [query, ask(query)])) as unknown as SchedulerApi
  }
}

export function texts(power: string, given: Json = {}): Record<string, string> {
  if (!isObject(given) || !Object.values(given).every((value) => typeof value === 'string')) {
    throw new Error(`'powers.${power}' is an object of names and texts`)
  }
  return given as Record<string, string>
}

async function writeBelow(folder: string, path: string, text: string): Promise<void> {
  const file = join(folder, path)
  if (relative(folder, file).startsWith('..')) throw new Error(`'powers.read': '${path}' is not in the project's folder`)
  await mkdir(dirname(file), {recursive: true})
  await writeFile(file, text)
}
