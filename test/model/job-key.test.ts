import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {boundKey, formatJobKey, matchesPattern, parseJobKey, parseJobPattern, UserError} from '@auroractl/cli'

const identifier = fc.stringMatching(/^[\w\-.]{1,12}$/)
const cluster = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/)
const key = fc.record({cluster, role: identifier, environment: identifier, name: identifier})

describe('job keys', () => {
  it('come back from their text', () => {
    fc.assert(
      fc.property(key, (each) => {
        expect(parseJobKey(formatJobKey(each))).toEqual(each)
      }),
    )
  })

  it.each(['', 'a', 'a/b/c', 'a/b/c/d/e', '/b/c/d', 'a//c/d', 'a/b/c/', 'a/b c/d/e', 'a/b/c/d\n', 'a/b/c/é'])(
    'refuse %j with exit code 2',
    (text) => {
      expect(() => parseJobKey(text)).toThrow(expect.objectContaining({code: 'job-key.malformed', exitCode: 2}))
    },
  )

  it('refuse every text that has an illegal character in role, environment or name', () => {
    const illegal = fc
      .tuple(identifier, fc.constantFrom(' ', ':', '*', '$', '\t', 'ü', '\\', '\n'), identifier)
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(key, illegal, fc.constantFrom('role', 'environment', 'name'), (each, bad, part) => {
        expect(() => parseJobKey(formatJobKey({...each, [part]: bad}))).toThrow(UserError)
      }),
    )
  })
})

describe('job patterns', () => {
  it('take a missing part as anything', () => {
    fc.assert(
      fc.property(key, fc.integer({min: 1, max: 4}), (each, parts) => {
        const pattern = parseJobPattern(formatJobKey(each).split('/').slice(0, parts).join('/'))
        expect(matchesPattern(pattern, each)).toBe(true)
        expect(boundKey(pattern) === undefined).toBe(parts < 4)
      }),
    )
  })

  it.each([
    ['c/r/e/he*o', 'hello', true],
    ['c/r/e/h?llo', 'hello', true],
    ['c/r/e/[gh]ello*', 'hello', true],
    ['c/r/e/[!h]*', 'hello', false],
    ['c/r/e/h.llo*', 'hello', false],
    ['c/r/e/*', 'Hello', true],
    ['c/r/e/hell*', 'Hello', false],
  ])('%s against %s: %s', (pattern, name, expected) => {
    expect(matchesPattern(parseJobPattern(pattern), {role: 'r', environment: 'e', name})).toBe(expected)
  })

  it.each(['', 'a/b/c/d/e', 'a//c', '/'])('refuse %j', (text) => {
    expect(() => parseJobPattern(text)).toThrow(expect.objectContaining({exitCode: 2}))
  })
})
