import type {Emit} from '../../model/events.ts'
import type {HookView} from '../../model/hook-view.ts'
import type {JsonObject} from '../../model/json.ts'
import type {PlannedEffect} from '../../model/planned-effect.ts'
import {SCHEDULER_QUERIES} from '../../model/scheduler-queries.ts'
import type {HostFunction} from '../../sandbox/javascript/sandbox.ts'
import {safeLine} from '../../terminal/safe-text.ts'
import type {PowerName} from '../powers.ts'
import type {RegisteredHook} from '../registry.ts'
import {Budget} from './budget.ts'
import type {Capabilities} from './capabilities.ts'
import {type Given, guestContext} from './guest-context.ts'
import {hostFunctions} from './host-functions.ts'
import type {Lending} from './lending.ts'

/** What one hook has in its hands while it runs. */
export interface Lent {
  functions: Readonly<Record<string, HostFunction>>
  given: Given & JsonObject
  /** In a dry run: what the hook would have done. */
  effects: readonly PlannedEffect[]
  /** In a dry run: the effects whose answers the hook was given, though there were none. */
  pretended: readonly PlannedEffect[]
}

/** What hooks see of the host, as the source that their context is made with. */
export function preludeSource(given: Given): string {
  return `(${String(guestContext)})(${JSON.stringify(given)}, ${JSON.stringify(Object.keys(SCHEDULER_QUERIES))})`
}

/** A person takes their time; everything else is the hook's. */
export function countsTime(name: string): boolean {
  return !name.startsWith('prompt.')
}

/** The powers of the hooks of one run. */
export class LentPowers {
  readonly #world: Capabilities
  readonly #emit: Emit
  readonly #budget = new Budget()
  readonly #made = new Map<string, Promise<unknown>>()

  constructor(world: Capabilities, emit: Emit) {
    this.#world = world
    this.#emit = emit
  }

  async lend(hook: RegisteredHook, view: HookView, signal: AbortSignal): Promise<Lent> {
    const effects: PlannedEffect[] = []
    const pretended: PlannedEffect[] = []
    const lending = (power: PowerName) =>
      this.#lending(power, hook, view, signal, (effect) => {
        effects.push(effect)
        if (power !== 'store') pretended.push(effect)
      })
    const functions = await hostFunctions(hook.needs, lending)
    return {functions: this.#counted(hook, functions), given: this.#given(hook, lending), effects, pretended}
  }

  #lending(power: PowerName, hook: RegisteredHook, view: HookView, signal: AbortSignal, plan: (effect: PlannedEffect) => void): Lending {
    const event = {type: 'hook.power', phase: view.phase, hook: hook.name, power} as const
    return {
      hook,
      view,
      world: this.#world,
      // A plugin's hook that a project uses sees what it would see unused: a project must not lead it away.
      folder: hook.kind === 'project' && !hook.configures ? hook.root : this.#world.folder,
      signal,
      once: <Value>(name: string, make: () => Promise<Value>) => {
        const made = this.#made.get(name) ?? make()
        this.#made.set(name, made)
        // What failed for one hook may succeed for the next.
        made.catch(() => this.#made.delete(name))
        return made as Promise<Value>
      },
      tell: (text, value) => this.#emit({...event, text: safeLine(text), planned: false, ...(value === undefined ? {} : {value})}),
      planned: (effect) => {
        this.#emit({...event, text: safeLine(effect.text), planned: view.dryRun})
        if (view.dryRun) plan({...effect, text: safeLine(effect.text), target: safeLine(effect.target ?? ''), hook: hook.name})
        return view.dryRun
      },
      spend: (bytes) => this.#budget.spend(ownerOf(hook), power, {bytes}),
    }
  }

  /** Every call counts, the refused ones too. */
  #counted(hook: RegisteredHook, functions: Readonly<Record<string, HostFunction>>): Record<string, HostFunction> {
    const counted = Object.entries(functions).map(([name, call]): [string, HostFunction] => {
      const power = name.split('.', 1)[0] as PowerName
      return [
        name,
        (args) => {
          this.#budget.spend(ownerOf(hook), power, {calls: 1})
          return call(args)
        },
      ]
    })
    return Object.fromEntries(counted)
  }

  /** What `Date` and `Math.random` show follows from it, so that it can be shown again. */
  #given({needs}: RegisteredHook, lending: (power: PowerName) => Lending): Given & JsonObject {
    const now = needs.clock ? this.#world.now() : null
    const seed = needs.random ? [...process.getBuiltinModule('node:crypto').getRandomValues(new Uint32Array(4))] : null
    if (now !== null) lending('clock').tell(`${new Date(now).toISOString()}, for Date`, now)
    if (seed !== null) lending('random').tell('a seed, for Math.random', seed)
    return {now, seed}
  }
}

function ownerOf({owner, name}: RegisteredHook): string {
  return JSON.stringify([owner, name])
}
