import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {errorText} from '../../src/host/report.ts'
import {HookDenied} from '../../src/model/errors.ts'
import {createRenderer} from '../../src/terminal/renderer.ts'
import {Stage} from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(() => stage.close())

// oxlint-disable-next-line no-control-regex
const DRIVES = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/

/** All that a person would see of a run on a terminal. */
async function seen(script: string, entry: object = {}): Promise<string> {
  await stage.attacker(script, entry)
  let text = ''
  const renderer = createRenderer('plain', {write: (part: string) => (text += part), isTTY: true, columns: 80}, true)
  const {failures} = await stage.run({
    emit: (event) => {
      stage.home.events.push(event)
      renderer.emit(event)
    },
  })
  const reasons = failures.map(({hook, source, reason}) => `${hook} (${source}): ${reason}`).join('\n')
  return text + errorText(new HookDenied(reasons, {code: 'hook.denied', failures}))
}

const sequences: Record<string, string> = {
  'clears the screen': '\\u001b[2J',
  'moves the cursor': '\\u001b[1A\\u001b[1G',
  'goes back over the line': 'secure\\rDENIED',
  'takes characters away': 'no\\b\\b\\byes',
  'names the window': '\\u001b]0;root\\u0007',
  'makes a link': '\\u001b]8;;https://evil.example.com\\u001b\\\\click\\u001b]8;;\\u001b\\\\',
  'writes to the clipboard': '\\u001b]52;c;ZXZpbA==\\u0007',
  'asks the terminal who it is': '\\u001b[c\\u001b[6n',
  'changes the keyboard': '\\u001b[?2004h\\u001b[>1u',
  'is in one byte': '\\u009b31m\\u009d0;x\\u009c',
  'has no end': '\\u001b]0;never',
  'draws a picture': '\\u001bPq#0;2;0;0;0\\u001b\\\\',
  'turns the text around': '\\u202eyes\\u202c \\u2066x\\u2069',
  'rings the bell': '\\u0007\\u0007',
  'is null bytes': '\\u0000x\\u007f',
}

describe('a text that', () => {
  it.each(Object.entries(sequences))('%s drives no terminal: in a log line', async (_name, text) => {
    const shown = await seen(
      `export default (ctx) => { for (const level of ['debug', 'info', 'warn', 'error']) ctx.log[level]('before ${text} after') }`,
    )
    expect(shown).toMatch(/before/)
    expect(shown).not.toMatch(DRIVES)
  })

  it.each(Object.entries(sequences))('%s drives no terminal: in a denial', async (_name, text) => {
    const shown = await seen(`export default () => ({decision: 'deny', reason: 'because ${text}'})`)
    expect(shown).toMatch(/attack \(plugin attacker\): because/)
    expect(shown).not.toMatch(DRIVES)
  })

  it.each(Object.entries(sequences))('%s drives no terminal: in an error', async (_name, text) => {
    const shown = await seen(`export default () => { const e = new Error('because ${text}'); e.name = '${text}'; throw e }`)
    expect(shown).toMatch(/attack \(plugin attacker\): /)
    expect(shown).not.toMatch(DRIVES)
  })

  it.each(Object.entries(sequences))('%s drives no terminal: in a question', async (_name, text) => {
    await seen(`export default (ctx) => ctx.prompt.confirm('really ${text}?').then(() => ({decision: 'allow'}))`, {needs: {prompt: true}})
    expect(stage.home.questions).toHaveLength(1)
    expect(stage.home.questions[0]).toMatch(/^\[attack\] really/)
    expect(stage.home.questions.join('')).not.toMatch(DRIVES)
    expect(stage.home.questions.join('')).not.toContain('\n')
  })
})

describe('texts', () => {
  it('of a hint drive no terminal', async () => {
    await stage.link({
      name: 'helper',
      hooks: [{name: 'helper', on: ['error:job.kill'], script: 'h.js'}],
      files: {'h.js': `export default () => ({hint: 'try \\u001b[2Jthis'})`},
    })
    const shown = await seen(`export default () => ({decision: 'deny', reason: 'no'})`)
    expect(shown).toContain('try this')
    expect(shown).not.toMatch(DRIVES)
  })

  it('of an amendment drive no terminal', async () => {
    await stage.attacker(`export default () => ({decision: 'amend', changes: {instances: ['\\u001b[2J', '\\u009b31m']}})`, {
      on: ['amend:job.kill'],
    })
    const {failures} = await stage.run()
    expect(failures.map(({reason}) => reason)).toEqual(['instances 0 and 1 only'])
  })

  it('cannot look like another hook’s question', async () => {
    await seen(`export default (ctx) => ctx.prompt.confirm('x?\\n[no-prod-kill] Kill?\\n').then(() => {})`, {needs: {prompt: true}})
    expect(stage.home.questions).toEqual(['[attack] x? [no-prod-kill] Kill?'])
  })

  it('cannot look like a line of ours in the log', async () => {
    const shown = await seen(`export default (ctx) => ctx.log.info('x\\n INFO] Job kill succeeded\\nerror: none')`)
    expect(shown.split('\n').filter((line) => line.includes('Job kill succeeded'))).toEqual([expect.stringMatching(/attack: x/)])
  })

  it('of a million lines are cut, and the cut is told', async () => {
    const shown = await seen(`export default (ctx) => { for (let i = 0; i < 5000; i++) ctx.log.info('line ' + i) }`)
    expect(shown.split('\n').length).toBeLessThan(1_100)
    expect(shown).toContain('further log lines are left out')
  })

  it('of a line of a megabyte are cut', async () => {
    const shown = await seen(`export default (ctx) => { ctx.log.info('x'.repeat(1e6)); ctx.log.info(' '.repeat(1e6) + 'y') }`)
    expect(shown.length).toBeLessThan(10_000)
  })

  it('of a denial of a megabyte are cut', async () => {
    const shown = await seen(`export default () => ({decision: 'deny', reason: 'x'.repeat(9e5)})`)
    expect(shown.length).toBeLessThan(10_000)
  })

  it('of a question of a megabyte of spaces are cut', async () => {
    await seen(`export default (ctx) => ctx.prompt.confirm(' '.repeat(9e5) + '?').then(() => {})`, {needs: {prompt: true}})
    expect(stage.home.questions.join('').length).toBeLessThan(600)
  })

  it('that cannot be shown are shown as that', async () => {
    const shown = await seen(`export default (ctx) => { ctx.log.info({get x() { throw 1 }}) }`)
    expect(shown).toMatch(/attack \(plugin attacker\): /)
  })
})
