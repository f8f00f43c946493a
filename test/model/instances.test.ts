import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {formatInstances, instanceSet, parseInstances, parseInstanceSpec} from '@auroractl/cli'

const ids = fc.uniqueArray(fc.integer({min: 0, max: 500}), {minLength: 1, maxLength: 60})

describe('instance lists', () => {
  it('come back from their shortest text, ascending and without duplicates', () => {
    fc.assert(
      fc.property(ids, (each) => {
        const set = instanceSet(each)
        expect(set && parseInstances(formatInstances(set))).toEqual([...new Set(each)].sort((a, b) => a - b))
      }),
    )
  })

  it.each([
    ['0', [0]],
    ['0,2,5-9', [0, 2, 5, 6, 7, 8, 9]],
    ['3,1,3,2-4', [1, 2, 3, 4]],
  ])('read %s', (text, expected) => {
    expect(parseInstances(text)).toEqual(expected)
  })

  it.each(['', ',', '1,', '5-3', '-3', '3-', 'a', '1-2-3', '1.5', ' 1', '0x1', '0-2000000000', '99999999999'])(
    'refuse %j with exit code 2',
    (text) => {
      expect(() => parseInstances(text)).toThrow(expect.objectContaining({code: 'instances.malformed', exitCode: 2}))
    },
  )

  it('never parse to an empty selection, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({unit: fc.constantFrom('0', '1', '9', ',', '-', ' ')}), (text) => {
        let parsed: readonly number[]
        try {
          parsed = parseInstances(text)
        } catch {
          return
        }
        expect(parsed.length).toBeGreaterThan(0)
      }),
    )
  })

  it('have no empty value to begin with', () => {
    expect(instanceSet([])).toBeUndefined()
  })
})

describe('instance specifications', () => {
  it('mean the whole job only without a fifth part', () => {
    expect(parseInstanceSpec('c/r/e/n')).toEqual({job: {cluster: 'c', role: 'r', environment: 'e', name: 'n'}})
    expect(parseInstanceSpec('c/r/e/n/1-2').instances).toEqual([1, 2])
  })

  it.each(['c/r/e/n/', 'c/r/e', 'c/r/e/n/1/2', 'c/r/e/n/2-1'])('refuse %j', (text) => {
    expect(() => parseInstanceSpec(text)).toThrow(expect.objectContaining({exitCode: 2}))
  })
})
