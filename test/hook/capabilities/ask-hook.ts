import {afterEach, beforeEach} from 'vitest'
import type {Capabilities} from '../../../src/hook/capabilities/capabilities.ts'
import type {RunEvent} from '../../../src/model/events.ts'
import type {HookView} from '../../../src/model/hook-view.ts'
import {Home, KILL} from '../fixture.ts'

export interface Asked {
  /** The powers that it has. */
  needs?: object
  world?: Partial<Capabilities>
  view?: Partial<HookView>
  entry?: object
}

/** A home for each test, and hooks in it whose body says what it got: `return tell(await ctx.env('X'))`. */
export function hookBodies() {
  let home: Home
  beforeEach(async () => {
    home = await Home.create()
  })
  afterEach(() => home.remove())

  return {
    get home(): Home {
      return home
    },
    /** Runs a hook and gives what it tells; an error is told as its message. */
    async ask(body: string, {needs = {}, world = {}, view = {}, entry = {}}: Asked = {}): Promise<unknown> {
      const code = `import {deny} from '@auroractl/cli/hook'
const tell = (value) => deny('told ' + JSON.stringify(value ?? null))
export default async (ctx) => {
${body}
}`
      await home.linkHook(code, {needs, ...entry})
      const {failures} = await home.ask({...KILL, ...view}, {capabilities: home.world(world)})
      const [reason = 'told null'] = failures.map((failure) => failure.reason)
      return reason.startsWith('told ') ? JSON.parse(reason.slice('told '.length)) : reason
    },
    /** How the hook used a power. */
    uses(power: string): Omit<RunEvent & {type: 'hook.power'}, 'type' | 'phase' | 'hook' | 'power'>[] {
      return home.events.flatMap((event) => {
        if (event.type !== 'hook.power' || event.power !== power) return []
        const {text, planned, value} = event
        return [{text, planned, ...(value === undefined ? {} : {value})}]
      })
    },
  }
}
