import {chmodSync, statSync, mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {Cli, user} from './cli.ts'

const cli = new Cli()
const file = join(cli.home, 'jobs.aurora')
const key = (name: string) => `devcluster/${user}/prod/${name}`

interface Hook {
  name?: string
  on?: string[]
  script: string
  more?: Record<string, unknown>
}

/** A plugin in a folder of its own, with one hook. */
function plugin(name: string, {name: hook = name, on = ['pre:job.kill'], script, more = {}}: Hook): string {
  const folder = join(cli.home, name)
  mkdirSync(join(folder, 'hooks'), {recursive: true})
  writeFileSync(join(folder, 'hooks/hook.js'), `import {allow, amend, defineHook, deny, hint} from '@auroractl/cli/hook'\n${script}\n`)
  const aurora = {hooks: [{name: hook, on, script: 'hooks/hook.js', ...more}]}
  writeFileSync(join(folder, 'package.json'), JSON.stringify({name, version: '1.0.0', type: 'module', oclif: {}, aurora}))
  return folder
}

async function activeInstances(name: string): Promise<number[]> {
  const [status] = await cli.json<{active: {assignedTask: {instanceId: number}}[]}[]>(['job', 'status', key(name)])
  return status?.active.map(({assignedTask}) => assignedTask.instanceId) ?? []
}

/** Links a plugin for the time of a test. */
async function linked(folder: string, test: () => Promise<void>): Promise<void> {
  expect(await cli.run(['plugins', 'link', folder])).toMatchObject({code: 0})
  try {
    await test()
  } finally {
    expect(await cli.run(['plugins', 'unlink', folder])).toMatchObject({code: 0})
  }
}

beforeAll(async () => {
  writeFileSync(
    file,
    `import getpass
jobs = [Service(name = 'guarded', cluster = 'devcluster', role = getpass.getuser(), environment = 'prod', instances = 3,
  task = Task(processes = [Process(name = 'loop', cmdline = 'while true; do sleep 1; done')],
              resources = Resources(cpu = 0.1, ram = 16*MB, disk = 16*MB)))]
`,
  )
  await cli.json(['local', 'start'])
  await cli.json(['job', 'create', key('guarded'), file, '--wait-until', 'RUNNING'])
})
afterAll(() => cli[Symbol.asyncDispose]())

describe('a hook that denies', () => {
  it('stops kill and killall with hook, plugin and reason, and nothing is killed', async () => {
    const folder = plugin('team-guard', {
      name: 'freeze',
      script: "export default defineHook((ctx) => deny(`frozen: ${ctx.job.name} ${ctx.instances ?? 'all'}`))",
    })
    await linked(folder, async () => {
      const kill = await cli.run(['job', 'kill', `${key('guarded')}/1`])
      expect(kill).toMatchObject({code: 4, stdout: ''})
      expect(kill.stderr).toContain('freeze (plugin team-guard): frozen: guarded 1')
      const killall = await cli.run(['job', 'killall', key('guarded'), '--json'])
      expect(killall.code).toBe(4)
      expect(JSON.parse(killall.stdout)).toMatchObject({
        status: 'not-applied',
        error: {
          code: 'hook.denied',
          fault: 'hook',
          failures: [{hook: 'freeze', source: 'plugin team-guard', reason: expect.stringContaining('frozen')}],
        },
      })
      expect(await activeInstances('guarded')).toEqual([0, 1, 2])
    })
  })

  it('is skipped by name, out loud', async () => {
    await linked(plugin('skipped', {script: "export default defineHook(() => deny('no'))"}), async () => {
      const result = await cli.run(['job', 'kill', `${key('guarded')}/7`, '--skip-hooks', 'skipped'])
      expect(result).toMatchObject({code: 0, stderr: expect.stringContaining('hooks skipped: skipped')})
      expect((await cli.run(['job', 'kill', `${key('guarded')}/7`, '--skip-hooks', 'other'])).code).toBe(4)
    })
  })

  it('is asked only where its condition is met', async () => {
    await linked(
      plugin('devel-only', {script: "export default defineHook(() => deny('no'))", more: {when: {environment: ['devel']}}}),
      async () => {
        expect((await cli.run(['job', 'kill', `${key('guarded')}/7`])).code).toBe(0)
        expect((await cli.run(['job', 'kill', `devcluster/${user}/devel/guarded/7`])).code).toBe(4)
      },
    )
  })
})

describe('a hook that amends', () => {
  it('protects instances, and what is killed is what is left', async () => {
    const script = 'export default defineHook((ctx) => amend({instances: ctx.instances.filter((id) => id !== 0)}))'
    await linked(plugin('protect-zero', {on: ['amend:job.kill'], script}), async () => {
      const result = await cli.run(['job', 'kill', `${key('guarded')}/0-1`])
      expect(result).toMatchObject({code: 0, stdout: 'Successfully killed instances [1]\nJob kill succeeded\n'})
      expect(result.stderr).toMatch(/protect-zero \(plugin protect-zero\) amends job\.kill:\n.*- instances: \[0,1\]\n.*\+ instances: \[1\]/)
      expect(await activeInstances('guarded')).toEqual([0, 2])
    })
  })

  it('is asked in a dry run of killall, too', async () => {
    const script = 'export default defineHook((ctx) => amend({instances: ctx.instances.slice(0, 1)}))'
    await linked(plugin('first-only', {on: ['amend:job.kill'], script}), async () => {
      const before = await activeInstances('guarded')
      const result = await cli.run(['job', 'killall', key('guarded'), '--dry-run'])
      expect(result).toMatchObject({
        code: 0,
        stdout: `Would kill instances [${before[0]}] of ${key('guarded')}\n  - instance ${before[0]}: RUNNING\n`,
      })
      expect(await activeInstances('guarded')).toEqual(before)
    })
  })

  it('may not add instances that nobody named', async () => {
    await linked(
      plugin('widen', {on: ['amend:job.kill'], script: 'export default defineHook(() => amend({instances: [0, 2]}))'}),
      async () => {
        expect((await cli.run(['job', 'kill', `${key('guarded')}/2`])).code).toBe(4)
        expect(await activeInstances('guarded')).toEqual([0, 2])
      },
    )
  })
})

describe('a hook that misbehaves', () => {
  it.each([
    {
      what: 'throws',
      script: "export default defineHook(() => { throw new Error('broken inside') })",
      says: /broken inside.*hooks\/hook\.js:2/s,
    },
    {
      what: 'loops for ever',
      script: 'export default defineHook(() => { for (;;); })',
      more: {timeout: '1s'},
      says: /misbehaving.*misbehaving/s,
    },
    {
      what: 'never answers',
      script: 'export default defineHook(() => new Promise(() => {}))',
      more: {timeout: '1s'},
      says: /no answer within 1000 ms/,
    },
    {
      what: 'eats all memory',
      script: 'export default defineHook(() => { const all = []; for (;;) all.push(new Array(1e6).fill(1)) })',
      says: /misbehaving.*memory/s,
    },
    {what: 'does not compile', script: 'export default defineHook(() => {', says: /hooks\/hook\.js:\d/},
  ])('and $what denies, by its name, and the command ends cleanly', async ({script, more, says}) => {
    const entry = more ? {more} : {}
    await linked(plugin('misbehaving', {script: 'export default defineHook(() => allow())', ...entry}), async () => {
      plugin('misbehaving', {script, ...entry})
      const result = await cli.run(['job', 'kill', `${key('guarded')}/0`])
      expect(result).toMatchObject({code: 4, stdout: ''})
      expect(result.stderr).toMatch(says)
      expect(result.stderr).toContain('misbehaving (plugin misbehaving)')
      expect(await activeInstances('guarded')).toEqual([0, 2])
    })
  })
})

describe('after the operation', () => {
  it('hooks hear how it ended', async () => {
    const script = 'export default defineHook((ctx) => ctx.log.info(`${ctx.phase} ${ctx.outcome ?? JSON.stringify(ctx.result?.killed)}`))'
    await linked(plugin('listener', {on: ['post:job.kill', 'finally:job.kill'], script}), async () => {
      const {stderr} = await cli.run(['job', 'kill', `${key('guarded')}/2`])
      expect(stderr).toMatch(/post \[2\][\s\S]*finally applied/)
    })
  })
})

describe('linking', () => {
  it.each(['', 'hooks', 'hooks/hook.js'])('refuses what every user can write: the folder, or in it %j', async (path) => {
    const folder = plugin('open-to-all', {script: 'export default defineHook(() => allow())'})
    const before = statSync(join(folder, path)).mode
    chmodSync(join(folder, path), 0o777)
    expect(await cli.run(['plugins', 'link', folder])).toMatchObject({code: 6, stderr: expect.stringContaining('every user')})
    chmodSync(join(folder, path), before)
  })

  it('asks no hook that others have become able to write since', async () => {
    const folder = plugin('opened', {on: ['pre:hooks.grants'], script: 'export default defineHook(() => allow())'})
    await linked(folder, async () => {
      expect((await cli.run(['hooks', 'grants'])).code).toBe(0)
      chmodSync(join(folder, 'hooks'), 0o777)
      expect(await cli.run(['hooks', 'grants'])).toMatchObject({code: 4, stderr: expect.stringContaining('hooks cannot be trusted')})
      chmodSync(join(folder, 'hooks'), 0o755)
    })
  })

  it.each([
    {what: 'a folder without a package.json', make: () => cli.home, says: 'package.json'},
    {what: 'an operation that does not exist', make: () => plugin('misspelt', {on: ['pre:job.kil'], script: ''}), says: 'job.kill'},
    {
      what: 'a script that is not there',
      make: () => plugin('scriptless', {script: '', more: {script: 'hooks/none.js'}}),
      says: 'hooks/none.js',
    },
    {
      what: 'a script that does not compile',
      make: () => plugin('uncompiled', {script: 'export default (() => {'}),
      says: 'hooks/hook.js:3',
    },
    {what: 'a power that does not exist', make: () => plugin('greedy', {script: '', more: {needs: {promt: true}}}), says: 'prompt'},
  ])('refuses $what, and says why', async ({make, says}) => {
    const folder = make()
    const result = await cli.run(['plugins', 'link', folder])
    expect(result.code).not.toBe(0)
    expect(result.stderr).toContain(says)
    expect((await cli.run(['hooks', 'list', '--json'])).stdout).not.toContain(folder)
  })

  it('grants what was asked for then; more denies until it is granted', async () => {
    const script = 'export default defineHook(() => allow())'
    await linked(plugin('growing', {script}), async () => {
      expect((await cli.run(['job', 'kill', `${key('guarded')}/7`])).code).toBe(0)
      plugin('growing', {script, more: {needs: {prompt: true}}})
      const denied = await cli.run(['job', 'kill', `${key('guarded')}/7`])
      expect(denied).toMatchObject({code: 4, stderr: expect.stringContaining('growing (plugin growing)')})
      expect((await cli.run(['hooks', 'grant', 'growing', '--yes'])).code).toBe(0)
      expect((await cli.run(['job', 'kill', `${key('guarded')}/7`])).code).toBe(0)
    })
  })
})
