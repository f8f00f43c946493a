/** What an author's editor knows of hooks: the package's types, as they are built. */
import {execFile} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {repository} from '../e2e/cli.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aurora-hook-types-'))
  mkdirSync(join(folder, 'node_modules/@auroractl'), {recursive: true})
  symlinkSync(repository, join(folder, 'node_modules/@auroractl/cli'))
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({compilerOptions: {target: 'es2024', module: 'nodenext', strict: true, noEmit: true, types: [], skipLibCheck: true}}),
  )
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}')
})
afterAll(() => rmSync(folder, {recursive: true}))

/** What the compiler says of a hook; nothing when all is well. */
function complaints(code: string): Promise<string> {
  writeFileSync(join(folder, 'hook.ts'), `import {allow, amend, defineHook, deny, hint, type Hook} from '@auroractl/cli/hook'\n${code}`)
  return new Promise((resolve) => {
    execFile(process.execPath, [join(repository, 'node_modules/typescript/bin/tsc'), '-p', folder], (_, stdout) => resolve(stdout))
  })
}

describe('a hook', () => {
  it.each([
    ['no point', 'export default defineHook(async (ctx) => (ctx.job?.name === "x" ? deny("no") : allow()))'],
    ['a kill', "export default defineHook<'pre:job.kill'>((ctx) => deny(ctx.job.role + ctx.instances.length))"],
    [
      'a creation',
      "export default defineHook<'amend:job.create'>((ctx) => amend({config: {...ctx.config}, x: ctx.config.instances ?? 1}))",
    ],
    ['an error', "const tell: Hook<'error:job.kill'> = (ctx) => hint(ctx.error.code)\nexport default tell"],
    ['an end', "export default defineHook<'finally:job.kill'>((ctx) => ctx.log.info(ctx.outcome))"],
    [
      'several points',
      "export default defineHook<'pre:job.kill' | 'post:job.kill'>((ctx) => { if (ctx.phase === 'post') ctx.log.info(ctx.result) })",
    ],
    [
      'its powers',
      `export default defineHook<'pre:job.kill'>(async (ctx) => {
        const {status, headers, json} = await ctx.fetch('https://example.com', {method: 'POST', headers: {a: 'b'}, body: {a: [1, null]}})
        const {exitCode, stdout} = await ctx.exec('git', ['rev-parse', 'HEAD'], {timeout: 1_000})
        const {tasks = []} = await ctx.scheduler.getTasksWithoutConfigs({role: ctx.job.role, statuses: ['RUNNING']})
        const tiers = await ctx.scheduler.at('east').getTierConfigs()
        const seen = await ctx.store.get('seen')
        const now: number = await ctx.clock.now()
        const sure: boolean = await ctx.prompt.confirm('Sure?')
        const region: string | undefined = await ctx.env('REGION')
        const ready = [status + 1, headers['x'], await json(), exitCode === null, stdout.trim(), tasks.map(({status}) => status), tiers.defaultTierName]
        return sure ? allow() : deny(String([ready, seen, now, region, await ctx.random.uuid(), await ctx.read('x'), await ctx.secret('y')]))
      })`,
    ],
  ])('compiles for %s', async (_, code) => {
    expect(await complaints(code)).toBe('')
  })

  it.each([
    ['a point that does not exist', "export default defineHook<'pre:job.kil'>(() => deny('x'))", /'"pre:job\.kil"' does not satisfy/],
    [
      'a field that the operation does not have',
      "export default defineHook<'pre:job.killall'>((ctx) => deny(String(ctx.config.name)))",
      /'ctx\.config' is possibly 'undefined'/,
    ],
    [
      'a result before there is one',
      "export default defineHook<'pre:job.kill'>((ctx) => deny(String(ctx.result)))",
      /'result' does not exist/,
    ],
    ['changes in pre', "export default defineHook<'pre:job.kill'>(() => amend({}))", /not assignable/],
    ['a denial in post', "export default defineHook<'post:job.kill'>(() => deny('too late'))", /not assignable/],
    ['an answer that is none', 'export default defineHook(() => false)', /not assignable/],
    ['a power that is none', "export default defineHook(async (ctx) => { await ctx.shell('ls') })", /'shell' does not exist/],
    [
      'a change to the cluster',
      "export default defineHook(async (ctx) => { await ctx.scheduler.killTasks({role: 'r', environment: 'e', name: 'n'}) })",
      /'killTasks' does not exist/,
    ],
    ['a command line', "export default defineHook(async (ctx) => { await ctx.exec('git', 'status') })", /not assignable/],
    ['a change of the context', "export default defineHook((ctx) => { ctx.phase = 'pre' })", /read-only/],
  ])('does not compile with %s', async (_, code, problem) => {
    expect(await complaints(code)).toMatch(problem)
  })
})
