import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {UserError} from '../../src/model/errors.ts'
import {orderHooks, type Ordered} from '../../src/hook/order.ts'

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const hook = (name: string, before: string[] = [], after: string[] = []): Ordered => ({name, before, after})
/** Hooks whose wishes follow the alphabet, or its reverse, so that there is an order. */
const acyclic = fc.tuple(fc.shuffledSubarray(names, {minLength: 1}), fc.boolean()).chain(([listed, reverse]) =>
  fc.tuple(
    ...listed.map((name) => {
      const [low, high] = [names.filter((other) => other < name), names.filter((other) => other > name)]
      const [earlier, later] = reverse ? [high, low] : [low, high]
      return fc.record({name: fc.constant(name), before: fc.subarray(later), after: fc.subarray(earlier)})
    }),
  ),
)
const any = fc.uniqueArray(fc.record({name: fc.constantFrom(...names), before: fc.subarray(names), after: fc.subarray(names)}), {
  selector: ({name}) => name,
})

describe('the order of hooks', () => {
  it('has every hook once and fulfils every wish', () => {
    fc.assert(
      fc.property(acyclic, (hooks) => {
        const ordered = orderHooks(hooks)
        expect([...ordered].sort((a, b) => a.name.localeCompare(b.name))).toEqual([...hooks].sort((a, b) => a.name.localeCompare(b.name)))
        const place = (name: string) => ordered.findIndex((other) => other.name === name)
        for (const {name, before, after} of ordered) {
          for (const other of before) if (place(other) !== -1) expect(place(name)).toBeLessThan(place(other))
          for (const other of after) expect(place(other)).toBeLessThan(place(name))
        }
      }),
    )
  })

  it('is the order of the list where nobody has a wish', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), (list) => {
        expect(orderHooks(list.map((name) => hook(name))).map(({name}) => name)).toEqual(list)
      }),
    )
  })

  it('either exists or is refused with a cycle in which each hook waits for the one before', () => {
    fc.assert(
      fc.property(any, (hooks) => {
        try {
          orderHooks(hooks)
        } catch (error) {
          if (!(error instanceof UserError)) throw error
          const cycle = (error.message.split(': ')[1] ?? '').split(' → ')
          expect(cycle.length).toBeGreaterThan(1)
          expect(cycle[0]).toBe(cycle.at(-1))
          for (const [index, name] of cycle.slice(1).entries()) {
            const earlier = hooks.find((other) => other.name === cycle[index])
            const later = hooks.find((other) => other.name === name)
            expect(earlier?.before.includes(name) || later?.after.includes(cycle[index] ?? '')).toBe(true)
          }
        }
      }),
    )
  })

  it('prints the cycle and nothing else', () => {
    expect(() => orderHooks([hook('x', ['a']), hook('a', ['b']), hook('b', ['c']), hook('c', ['a'])])).toThrow(
      /: (a → b → c → a|b → c → a → b|c → a → b → c)$/,
    )
    expect(() => orderHooks([hook('a', [], ['a'])])).toThrow(/: a → a$/)
  })
})
