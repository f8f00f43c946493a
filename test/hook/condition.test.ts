import * as fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {matches, meets, parseCondition} from '../../src/hook/condition.ts'

const text = fc.string({unit: fc.constantFrom('a', 'b', '.', '-'), maxLength: 8})

describe('patterns', () => {
  it('agree with the regular expression that they stand for', () => {
    fc.assert(
      fc.property(fc.string({unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 6}), text, (pattern, candidate) => {
        const expression = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`, 's')
        expect(matches(pattern, candidate)).toBe(expression.test(candidate))
      }),
      {numRuns: 2_000},
    )
  })

  it('hold what they were made from', () => {
    fc.assert(
      fc.property(fc.array(text, {minLength: 1}), (pieces) => {
        expect(matches(pieces.join('*'), pieces.join('x'))).toBe(true)
      }),
    )
  })
})

describe('when', () => {
  const job = {cluster: 'west', role: 'www', environment: 'prod', name: 'hello'}

  it.each([
    [{}, true],
    [{environment: ['prod']}, true],
    [{environment: ['devel', 'pr*']}, true],
    [{environment: ['devel']}, false],
    [{environment: ['prod'], role: ['mail']}, false],
    [{cluster: ['*'], role: ['*'], environment: ['*'], name: ['*']}, true],
  ])('%j holds: %s', (condition, held) => {
    expect(meets(condition, job)).toBe(held)
  })

  it('holds for an operation without a job, which may concern any', () => {
    expect(meets({environment: ['prod']}, undefined)).toBe(true)
  })

  it.each([
    [{env: 'prod'}, /unknown part 'env'/],
    [{role: []}, /is empty, so the hook would never run/],
    [{role: [1]}, /must be a text/],
    [{__proto__: null, constructor: 'x'}, /unknown part 'constructor'/],
    ['prod', /must be an object/],
  ])('refuses %j', (value, problem) => {
    const problems: string[] = []
    parseCondition(value, (text) => problems.push(text))
    expect(problems).toEqual([expect.stringMatching(problem)])
  })
})
