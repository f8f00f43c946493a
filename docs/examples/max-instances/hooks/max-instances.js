import {allow, defineHook, deny} from '@auroractl/cli/hook'

export default defineHook((ctx) => {
  const {instances} = ctx.config
  const {max} = ctx.with
  return instances <= max ? allow() : deny(`${instances} instances; this project allows ${max}`)
})
