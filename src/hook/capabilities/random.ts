import type {Lend} from './lending.ts'

/** Chance, recorded: so nothing that must stay secret. */
export const lendRandom: Lend = ({tell}) => {
  const {randomInt, randomUUID} = process.getBuiltinModule('node:crypto')
  return {
    'random.integer'([below]) {
      if (typeof below !== 'number' || !Number.isSafeInteger(below) || below < 1 || below > 2 ** 47) {
        throw new TypeError('ctx.random.integer: its limit must be an integer of at least 1')
      }
      const value = randomInt(below)
      tell(`an integer below ${below}`, value)
      return value
    },
    'random.uuid'() {
      const value = randomUUID()
      tell('a UUID', value)
      return value
    },
  }
}
