import {afterEach, beforeEach} from 'vitest'
import type {Capabilities} from '../../src/hook/capabilities/capabilities.ts'
import {Stage} from './stage.ts'

/** A stage for each test, and hooks on it that were granted powers. */
export function powered() {
  let stage: Stage
  beforeEach(async () => {
    stage = await Stage.open()
  })
  afterEach(async () => {
    const touched = await stage.touched()
    await stage.close()
    if (touched.length > 0) throw new Error(`it has touched ${touched.join()}`)
  })

  return {
    get stage(): Stage {
      return stage
    },
    /** What the hook says that it got, or why it got nothing; it denies in either case. */
    async got(body: string, needs: object, world: Partial<Capabilities> = {}, entry: object = {}): Promise<string> {
      await stage.attacker(
        `const tell = (value) => ({decision: 'deny', reason: 'got ' + JSON.stringify(value ?? null)})\nexport default async (ctx) => {\n${body}\n}`,
        {needs, ...entry},
      )
      const {failures, acted} = await stage.run({capabilities: stage.home.world(world)})
      const [failure] = failures
      if (acted || failures.length !== 1 || failure?.hook !== 'attack' || failure.source !== 'plugin attacker') {
        throw new Error(`the hook did not deny, in its own name: ${JSON.stringify(failures)}`)
      }
      return failure.reason
    },
  }
}
