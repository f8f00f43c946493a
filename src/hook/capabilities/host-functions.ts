import type {HostFunction} from '../../sandbox/javascript/sandbox.ts'
import type {PowerName, Powers} from '../powers.ts'
import type {Lend, Lending} from './lending.ts'

interface Lender {
  /** What `ctx` has of it. */
  functions: readonly string[]
  /** The part of `needs` that asks for it, as an example. */
  needs: string
  /** Loaded for the hooks that ask for it. */
  load(): Promise<Lend>
}

/** `log` goes another way, without waiting. */
const LENDERS: Record<Exclude<PowerName, 'log'>, Lender> = {
  prompt: {
    functions: ['prompt.confirm', 'prompt.select', 'prompt.input'],
    needs: '{"prompt": true}',
    load: async () => (await import('./prompt.ts')).lendPrompt,
  },
  fetch: {functions: ['fetch'], needs: '{"fetch": ["https://…"]}', load: async () => (await import('./fetch/fetch.ts')).lendFetch},
  exec: {functions: ['exec'], needs: '{"exec": ["git"]}', load: async () => (await import('./exec/exec.ts')).lendExec},
  read: {functions: ['read'], needs: '{"read": ["deploy/*.yaml"]}', load: async () => (await import('./read/read.ts')).lendRead},
  env: {functions: ['env'], needs: '{"env": ["NAME"]}', load: async () => (await import('./env.ts')).lendEnv},
  scheduler: {
    functions: ['scheduler.query'],
    needs: '{"scheduler": true}',
    load: async () => (await import('./scheduler/scheduler.ts')).lendScheduler,
  },
  store: {
    functions: ['store.get', 'store.set', 'store.delete', 'store.keys'],
    needs: '{"store": true}',
    load: async () => (await import('./store/store.ts')).lendStore,
  },
  secret: {functions: ['secret'], needs: '{"secret": ["NAME"]}', load: async () => (await import('./secret.ts')).lendSecret},
  clock: {functions: ['clock.now'], needs: '{"clock": true}', load: async () => (await import('./clock.ts')).lendClock},
  random: {
    functions: ['random.integer', 'random.uuid'],
    needs: '{"random": true}',
    load: async () => (await import('./random.ts')).lendRandom,
  },
}

/** The functions of a hook's `ctx`. Those that it was not granted are there, too, and say what to ask for. */
export async function hostFunctions(needs: Powers, lending: (power: PowerName) => Lending): Promise<Record<string, HostFunction>> {
  const powers = Object.entries(LENDERS) as [keyof typeof LENDERS, Lender][]
  const lent = await Promise.all(
    powers.map(async ([power, {functions, needs: example, load}]) =>
      needs[power] === undefined ? refusing(power, functions, example) : (await load())(lending(power)),
    ),
  )
  return Object.assign({}, ...lent) as Record<string, HostFunction>
}

function refusing(power: PowerName, functions: readonly string[], example: string): Record<string, HostFunction> {
  const refuse = () => {
    throw new Error(`ctx.${power} needs "needs": ${example} in the hook's manifest`)
  }
  return Object.fromEntries(functions.map((name) => [name, refuse]))
}
