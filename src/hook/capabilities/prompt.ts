import {UserError} from '../../model/errors.ts'
import type {Json} from '../../model/json.ts'
import {safeLine} from '../../terminal/safe-text.ts'
import type {Prompt} from '../../terminal/prompt.ts'
import type {Lend, Lending} from './lending.ts'

const MAX_QUESTION = 500
const MAX_CHOICES = 100
const MAX_ANSWER = 10_000

/** Questions to the person at the terminal, or to the answers that came with the command. */
export const lendPrompt: Lend = (lending) => {
  const ask = (kind: keyof Prompt) => (args: readonly Json[]) => inTurn(lending, () => put(lending, kind, args))
  return {'prompt.confirm': ask('confirm'), 'prompt.select': ask('select'), 'prompt.input': ask('input')}
}

/** One question at a time. */
const turns = new WeakMap<Prompt, Promise<unknown>>()
async function inTurn<Answer>({world, signal}: Lending, ask: () => Promise<Answer>): Promise<Answer> {
  const before = turns.get(world.prompt)
  const asked = (async () => {
    await before?.catch(() => {})
    signal.throwIfAborted()
    return ask()
  })()
  turns.set(world.prompt, asked)
  return asked
}

async function put({hook, world, signal, tell}: Lending, kind: keyof Prompt, [text, choices]: readonly Json[]): Promise<Json> {
  const question = questionText(text)
  const list = kind === 'select' ? choiceList(choices) : []
  const given = world.answers.find(hook.name, question)
  const answer = given === undefined ? await askPerson().catch(pointToAnswers) : givenAnswer(hook.name, question, kind, list, given)
  // What somebody typed may be a secret.
  tell(kind === 'input' ? question : `${question} ${String(answer)}`, kind === 'input' ? undefined : answer)
  return answer

  async function askPerson(): Promise<boolean | string> {
    const labelled = `[${hook.name}] ${question}`
    if (kind === 'confirm') return world.prompt.confirm(labelled, signal)
    return kind === 'select' ? world.prompt.select(labelled, list, signal) : world.prompt.input(labelled, signal)
  }

  function pointToAnswers(thrown: unknown): never {
    if (!(thrown instanceof UserError) || thrown.code !== 'prompt.no-terminal') throw thrown
    throw new Error(`${thrown.message}; or an answer given with the command: --answer '${hook.name}=…'`, {cause: thrown})
  }
}

function givenAnswer(hook: string, question: string, kind: keyof Prompt, choices: readonly string[], given: string): boolean | string {
  if (kind === 'input') return given.slice(0, MAX_ANSWER)
  if (kind === 'select') {
    if (choices.includes(given)) return given
    throw new Error(`the answer '${safeLine(given, 100)}' to '${question}' is none of the choices ${choices.join(', ')}`)
  }
  if (/^(y|yes|true)$/i.test(given)) return true
  if (/^(n|no|false)$/i.test(given)) return false
  throw new Error(`the answer '${safeLine(given, 100)}' to '${question}' is neither yes nor no; give --answer '${hook}=yes' or no`)
}

function questionText(value: Json | undefined): string {
  if (typeof value !== 'string' || value.trim() === '') throw new TypeError('a question must be a text')
  return safeLine(value, MAX_QUESTION)
}

function choiceList(value: Json | undefined): string[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_CHOICES || !value.every((choice) => typeof choice === 'string')) {
    throw new TypeError(`the choices must be a list of 1 to ${MAX_CHOICES} texts`)
  }
  return value
}
