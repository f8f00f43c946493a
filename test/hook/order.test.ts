import * as fc from 'fast-check'
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

/** The names of the cycle for which the hooks are refused; none when they can be ordered. */
function cycleOf(hooks: Ordered[]): string[] {
  try {
    orderHooks(hooks)
    return []
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return (error.message.split(': ')[1] ?? '').split(' → ')
  }
}

describe('the order of hooks', () => {
  it('has every hook once and fulfils every wish', () => {
    fc.assert(
      fc.property(acyclic, (hooks) => {
        const ordered = orderHooks(hooks)
        expect([...ordered].sort((a, b) => a.name.localeCompare(b.name))).toEqual([...hooks].sort((a, b) => a.name.localeCompare(b.name)))
        const place = (name: string) => ordered.findIndex((other) => other.name === name)
        for (const {name, before, after} of ordered) {
          const present = before.filter((other) => place(other) !== -1)
          expect(present.every((other) => place(name) < place(other))).toBe(true)
          expect(after.every((other) => place(other) < place(name))).toBe(true)
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
        const cycle = cycleOf(hooks)
        const waits = cycle.slice(1).map((name, index) => {
          const [earlier, later] = [cycle[index] ?? '', name].map((wanted) => hooks.find((other) => other.name === wanted))
          return earlier?.before.includes(name) || later?.after.includes(earlier?.name ?? '')
        })
        expect(waits.every(Boolean)).toBe(true)
        expect(cycle[0]).toBe(cycle.at(-1))
        expect(cycle.length).not.toBe(1)
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
