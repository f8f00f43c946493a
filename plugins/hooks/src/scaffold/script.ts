import type {HookPlan} from './files.ts'

/** What a new hook does until its author knows better: it stops what root does, helps on, or listens, as its first point lets it. */
export type Manner = 'judge' | 'help' | 'listen'

export function mannerOf([first = '']: readonly string[]): Manner {
  if (/^(amend|pre):/.test(first)) return 'judge'
  return first.startsWith('error:') ? 'help' : 'listen'
}

const IMPORTS: Record<Manner, string> = {judge: 'allow, defineHook, deny', help: 'defineHook, hint', listen: 'defineHook'}

const BODIES: Record<Manner, string> = {
  judge: "  if (ctx.user === 'root') return deny('root does not do this')\n  return allow()",
  help: '  return hint(`${ctx.operation} failed for ${ctx.user}: ask the team`)',
  listen: '  ctx.log.info(`${ctx.user} did ${ctx.operation}`)',
}

export function hookScript({on, language}: HookPlan): string {
  const manner = mannerOf(on)
  const points = on.map((point) => `'${point}'`).join(' | ')
  const typed = language === 'ts' ? `<${points}>` : ''
  return `import {${IMPORTS[manner]}} from '@auroractl/cli/hook'

export default defineHook${typed}((ctx) => {
${BODIES[manner]}
})
`
}
