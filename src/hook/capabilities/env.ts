import type {Lend} from './lending.ts'

/** Environment variables, by name; one that is not set is null. */
export const lendEnv: Lend = ({hook, world, tell}) => ({
  env([name]) {
    const granted: readonly string[] = hook.needs.env ?? []
    if (typeof name !== 'string' || !granted.includes(name)) {
      throw new Error(`ctx.env: '${String(name)}' is not among the variables that the hook may read; name it in "needs": {"env": […]}`)
    }
    tell(name)
    return world.env[name] ?? null
  },
})
