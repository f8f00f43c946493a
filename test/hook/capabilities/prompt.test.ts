import {describe, expect, it} from 'vitest'
import {parseAnswers} from '../../../src/hook/capabilities/prompt-answers.ts'
import {UserError} from '../../../src/model/errors.ts'
import {type Asked, hookBodies} from './ask-hook.ts'

const bodies = hookBodies()
const {uses} = bodies
const ask = (body: string, options: Asked = {}) => bodies.ask(body, {needs: {prompt: true}, ...options})

/** Somebody who answers when the test says so. */
function person() {
  const asked: string[] = []
  const waiting: ((answer: string) => void)[] = []
  const put = (question: string, signal?: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      asked.push(question)
      waiting.push(resolve)
      signal?.addEventListener('abort', () => {
        if (waiting.includes(resolve)) asked.push('taken back')
        reject(new Error('aborted'))
      })
    })
  return {
    asked,
    answer: (text: string) => waiting.shift()?.(text),
    prompt: {
      confirm: async (question: string, signal?: AbortSignal) => (await put(question, signal)) === 'yes',
      select: async (question: string, _: readonly string[], signal?: AbortSignal) => put(question, signal),
      input: put,
      secret: put,
    },
  }
}

describe('prompt', () => {
  it("asks one question at a time, each with the hook's name, and no escapes", async () => {
    const {asked, answer, prompt} = person()
    const body =
      "return tell(await Promise.all([ctx.prompt.confirm('Sure\\u001b[2J?'), ctx.prompt.input('[other] Why?'), ctx.prompt.select('Which?', ['a', 'b'])]))"
    const told = ask(body, {world: {prompt}})
    for (const [index, text] of ['yes', 'because', 'b'].entries()) {
      await expect.poll(() => asked.length, {timeout: 10_000}).toBe(index + 1)
      answer(text)
    }
    expect(await told).toEqual([true, 'because', 'b'])
    expect(asked).toEqual(['[guard] Sure?', '[guard] [other] Why?', '[guard] Which?'])
    // What was typed may be a secret.
    expect(uses('prompt')).toEqual([
      {text: 'Sure? true', planned: false, value: true},
      {text: '[other] Why?', planned: false},
      {text: 'Which? b', planned: false, value: 'b'},
    ])
  })

  it("does not count a person's time, and counts the hook's own afterwards", async () => {
    const {asked, answer, prompt} = person()
    const told = ask("await ctx.prompt.confirm('Sure?'); return new Promise(() => {})", {world: {prompt}, entry: {timeout: '2s'}})
    await expect.poll(() => asked.length, {timeout: 10_000}).toBe(1)
    // A person who thinks for longer than the hook may take; a question whose time counted would be taken back meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 2_200))
    expect(asked).toEqual(['[guard] Sure?'])
    answer('yes')
    expect(await told).toBe('it gave no answer within 2000 ms')
  })

  it('holds a hook that computes while its question is open', async () => {
    const {asked, prompt} = person()
    expect(await ask("ctx.prompt.confirm('Sure?'); await ctx.env('X').catch(() => {}); for (;;) {}", {world: {prompt}})).toMatch(
      /ms of CPU/,
    )
    expect(asked).toEqual(['[guard] Sure?', 'taken back'])
  })

  it('takes back a question that the hook does not wait for', async () => {
    const {asked, prompt} = person()
    expect(
      await ask("ctx.prompt.confirm('Sure?').catch(() => {}); await ctx.env('X').catch(() => {}); return tell(1)", {world: {prompt}}),
    ).toBe(1)
    expect(asked).toEqual(['[guard] Sure?', 'taken back'])
  })

  it.each([
    ["ctx.prompt.confirm('')", 'a question must be a text'],
    ['ctx.prompt.confirm()', 'a question must be a text'],
    ["ctx.prompt.select('x', [])", 'the choices must be a list'],
    ["ctx.prompt.select('x', [1])", 'the choices must be a list'],
    ["ctx.prompt.select('x', new Array(101).fill('a'))", 'the choices must be a list'],
  ])('refuses %s', async (call, message) => {
    expect(await ask(`await ${call}`)).toContain(message)
    expect(bodies.home.questions).toEqual([])
  })

  it('asks in a dry run, too: the answer decides what would happen', async () => {
    expect(await ask("return tell(await ctx.prompt.confirm('Sure?'))", {view: {dryRun: true}})).toBe(true)
    expect(bodies.home.questions).toEqual(['[guard] Sure?'])
  })
})

describe('answers that come with the command', () => {
  const body =
    "return tell([await ctx.prompt.confirm('Sure?'), await ctx.prompt.input('Why?'), await ctx.prompt.select('Which?', ['a', 'b'])])"
  const given = (...answers: string[]) => ({world: {answers: parseAnswers(answers, undefined)}})

  it('are those of the question, else of the hook, and nobody is asked', async () => {
    expect(await ask(body, given('guard:Sure?=no', 'guard=a', 'guard:Why?=x=y', 'other=z'))).toEqual([false, 'x=y', 'a'])
    expect(bodies.home.questions).toEqual([])
  })

  it('may come from a file', async () => {
    const file = {name: 'answers.json', text: '{"guard:Sure?": true, "guard:Why?": "from the file", "guard": "b"}'}
    expect(await ask(body, {world: {answers: parseAnswers(['guard:Why?=from the flag'], file)}})).toEqual([true, 'from the flag', 'b'])
  })

  it.each([
    ["confirm('Sure?')", 'perhaps', "the answer 'perhaps' to 'Sure?' is neither yes nor no"],
    ["select('Which?', ['a', 'b'])", 'c', "the answer 'c' to 'Which?' is none of the choices a, b"],
  ])('must fit: %s', async (call, answer, message) => {
    expect(await ask(`await ctx.prompt.${call}`, given(`guard=${answer}`))).toContain(message)
  })

  it('are what a run without a terminal is told to give', async () => {
    bodies.home.answer = async () => {
      throw new UserError('A question needs a terminal: [guard] Sure?', {code: 'prompt.no-terminal'})
    }
    expect(await ask("await ctx.prompt.confirm('Sure?')")).toMatch(/or an answer given with the command: --answer 'guard=…'/)
  })

  it.each([
    ["--answer: 'guard' is not NAME=VALUE", ['guard'], undefined],
    ["--answer: '=yes' is not NAME=VALUE", ['=yes'], undefined],
    ['--answers: a.json is not JSON', [], '{'],
    ['--answers: a.json must be an object', [], '[]'],
    ["--answers: the answer of 'guard' in a.json must be a text", [], '{"guard": 1}'],
  ])('are refused: %s', (message, answers, text) => {
    expect(() => parseAnswers(answers, text === undefined ? undefined : {name: 'a.json', text})).toThrow(message)
  })
})
