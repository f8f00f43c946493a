import {allow, defineHook, deny} from '@auroractl/cli/hook'

export default defineHook(async (ctx) => {
  const {role, name} = ctx.job
  const which = ctx.instances?.length ? `instances ${ctx.instances.join(', ')} of ` : ''
  if (ctx.dryRun) {
    ctx.log.info('would ask before the kill')
    return allow()
  }
  const sure = await ctx.prompt.confirm(`Kill ${which}${role}/${name} in production?`)
  return sure ? allow() : deny(`nobody confirmed the kill of ${role}/${name} in production`)
})
