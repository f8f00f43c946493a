import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {safeLine, safeText} from '@auroractl/cli'
import {safeJson} from '../../src/terminal/safe-text.ts'

describe('text from outside', () => {
  it.each([
    ['\u001B[31mred\u001B[0m', 'red'],
    ['\u001B]0;title\u0007text', 'text'],
    ['\u001B]8;;http://evil\u001B\\link\u001B]8;;\u001B\\', 'link'],
    ['\u001B]0;without end\nthe next line', '\nthe next line'],
    ['a\rb', 'ab'],
    ['a\r\nb', 'a\nb'],
    ['\u009B2Jcleared', 'cleared'],
    ['right\u202Eleft', 'rightleft'],
    ['tab\tstays', 'tab\tstays'],
    ['ünï😀', 'ünï😀'],
  ])('%j becomes %j', (text, expected) => {
    expect(safeText(text)).toBe(expected)
  })

  it('has no control left that could drive a terminal, whatever it was', () => {
    const hostile = fc.string({
      unit: fc.oneof(fc.constantFrom('\u001B', '\u009B', '[', ']', 'm', '\u0007', '\\', '\r', '\u0000', ';'), fc.string({maxLength: 1})),
    })
    fc.assert(
      fc.property(hostile, (text) => {
        expect([...safeText(text)].every((character) => character === '\n' || character === '\t' || character >= ' ')).toBe(true)
        expect(safeText(text)).not.toMatch(/[\u007F-\u009F\u202A-\u202E]/)
      }),
    )
  })

  it('has the same meaning as JSON', () => {
    const value = {'a\u009B2J': '\u202Egnp', text: 'plain \u00E9\n'}
    expect(safeJson(JSON.stringify(value))).not.toMatch(/[\u007F-\u009F\u202A-\u202E]/)
    expect(JSON.parse(safeJson(JSON.stringify(value)))).toEqual(value)
  })

  it('fits on one line', () => {
    expect(safeLine('a\n  b\nc')).toBe('a b c')
    expect(safeLine('x'.repeat(50), 10)).toBe(`${'x'.repeat(9)}…`)
  })
})
