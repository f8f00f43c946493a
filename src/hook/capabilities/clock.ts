import type {Lend} from './lending.ts'

/** The time, recorded. */
export const lendClock: Lend = ({world, tell}) => ({
  'clock.now'() {
    const now = world.now()
    tell(new Date(now).toISOString(), now)
    return now
  },
})
