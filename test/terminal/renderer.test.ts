import {describe, expect, it} from 'vitest'
import type {RunEvent} from '@auroractl/cli'
import {createRenderer, type ProgressMode} from '../../src/terminal/renderer.ts'

function render(mode: ProgressMode, events: readonly RunEvent[], options: {isTTY?: boolean; verbose?: boolean} = {}): string {
  let written = ''
  const target = {write: (text: string) => (written += text), columns: 40, ...(options.isTTY ? {isTTY: true} : {})}
  const renderer = createRenderer(mode, target, options.verbose ?? false)
  for (const event of events) renderer.emit(event)
  renderer.clear()
  return written
}

const progress = (text: string): RunEvent => ({type: 'progress', text})
const info = (text: string): RunEvent => ({type: 'log', level: 'info', text})

describe('what a run shows', () => {
  it('in a pipe: each progress once, as a log line', () => {
    expect(render('auto', [progress('0 of 2'), progress('0 of 2'), progress('1 of 2'), info('done')])).toBe(
      ' INFO] 0 of 2\n INFO] 1 of 2\n INFO] done\n',
    )
  })

  it('on a terminal: one line that is taken off before others, and at the end', () => {
    expect(render('auto', [progress('0 of 2'), info('word'), progress('1 of 2')], {isTTY: true})).toBe(
      '0 of 2\r\u001B[K INFO] word\n1 of 2\r\u001B[K',
    )
  })

  it('off: no progress, but what is logged', () => {
    expect(render('off', [progress('0 of 2'), info('word')])).toBe(' INFO] word\n')
  })

  it('as JSON: every event, a line each', () => {
    const events = [progress('0 of 2'), info('word')]
    const lines = render('json', events).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line) as RunEvent)).toEqual(events)
  })

  it('says more only when it is asked to', () => {
    const events: RunEvent[] = [{type: 'step.finished', step: 'look', ms: 1}]
    expect(render('plain', events)).toBe('')
    expect(render('plain', events, {verbose: true})).toContain('DEBUG] step look')
  })

  it('says what hooks use only when asked for more', () => {
    const events: RunEvent[] = [{type: 'hook.power', phase: 'pre', hook: 'h', power: 'exec', text: 'run \u001B[2Jls', planned: false}]
    expect(render('plain', events)).toBe('')
    expect(render('plain', events, {verbose: true})).toBe('DEBUG] hook h uses exec: run ls\n')
  })

  it('lets no text from outside drive the terminal', () => {
    expect(render('auto', [info('\u001B[2Jcleared'), progress('\u001B]0;title\u0007text')])).toBe(' INFO] cleared\n INFO] text\n')
  })

  it('names a failed hook only when that is not told with the denial', () => {
    const failed = {type: 'hook.failed', phase: 'post', hook: 'h', source: 'plugin p', ms: 1, reason: 'why'} as const
    expect(render('plain', [{...failed, denies: false}])).toContain('hook h (plugin p) failed in post: why')
    expect(render('plain', [{...failed, phase: 'pre', denies: true}])).toBe('')
  })
})
