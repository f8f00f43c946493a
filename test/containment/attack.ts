import {expect} from 'vitest'
import {Stage} from './stage.ts'

export interface Attack {
  /** The body of the hook's function; what it returns is what it answers. */
  body?: string
  /** The whole script, instead. */
  script?: string
  /** The body of a function that tries to get hold of something, and returns what it got. */
  reach?: string
  /** More of the hook's entry in the manifest. */
  entry?: object
  files?: Record<string, string>
  /** Why the hook is refused, as the user reads it; nothing when it is let pass. */
  says?: RegExp | string
}

/** In reach of every script: the powers that a realm has, when it has any. */
const PRELUDE = `import {allow, amend, defineHook, deny, hint} from '@auroractl/cli/hook'
const NAMES = ['process', 'require', 'module', 'Buffer', 'fetch', 'setTimeout', 'queueMicrotask', 'console', 'WebAssembly', 'SharedArrayBuffer', 'Atomics']
/** What the realm of a Function constructor has that ours may not, and whether it is another realm at all. */
const realm = (F) => {
  const other = F('return globalThis')()
  return [...NAMES.filter((name) => name in other), ...(other === globalThis ? [] : ['another realm'])]
}
`

/** The last plugin: asked after the attack, in whatever is left, it looks around and says what it finds. */
const WITNESS = `import {deny} from '@auroractl/cli/hook'
export default (ctx) => deny([
  ctx.operation, ctx.job.name, ctx.instances.join('+'), JSON.stringify(ctx.state),
  ['leak', 'stolen', 'then'].some((name) => name in {} || name in [] || name in globalThis) ? 'leaked' : 'clean',
].join(' '))`

const script = ({body, script, reach}: Attack): string => {
  if (script !== undefined) return script
  if (body !== undefined) return `${PRELUDE}export default async (ctx) => {${body}}`
  return `${PRELUDE}export default async (ctx) => deny('reached ' + JSON.stringify(await (async () => {${reach ?? ''}})()))`
}

/** Runs an attack from a hook, and proves that it came to nothing: the operation sent nothing, and the next hook is asked as if nothing had happened. */
export async function expectHeld(attack: Attack): Promise<void> {
  const stage = await Stage.open()
  try {
    await stage.attacker(script(attack), attack.entry, attack.files)
    await stage.link({name: 'witness', hooks: [{name: 'witness', on: ['pre:job.kill'], script: 'w.js'}], files: {'w.js': WITNESS}})
    const {failures, acted} = await stage.run()
    const says = attack.reach === undefined ? attack.says : (attack.says ?? 'reached []')
    const refused = {hook: 'attack', source: 'plugin attacker', reason: typeof says === 'string' ? says : expect.stringMatching(says ?? '')}
    expect(failures).toEqual([
      ...(says === undefined ? [] : [refused]),
      {hook: 'witness', source: 'plugin witness', reason: expect.stringMatching(/^job\.kill hello 0\+1 .* clean$/)},
    ])
    expect(acted).toBe(false)
    expect(await stage.touched()).toEqual([])
  } finally {
    await stage.close()
  }
}
