import {expect, it} from 'vitest'
import * as door from '../../src/hook.ts'
import {LIBRARY, SDK_NAME} from '../../src/hook/guest-sdk.ts'

/** The text of a function without what types leave behind. */
const plain = (text: string) => text.replace(/\s+/g, ' ').replace(/ ?([(),:]) ?/g, '$1')

it('gives the sandbox exactly what the door gives to those who write hooks', () => {
  const expected = Object.entries(door)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, value]) => `export const ${name} = Object.freeze(${String(value)});`)
  expect(plain(LIBRARY[SDK_NAME].code)).toBe(plain(expected.join('\n')))
})
