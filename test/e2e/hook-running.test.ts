/** One hook on a recorded context, and what hooks took in past runs. */
import {spawnSync} from 'node:child_process'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {Cli, repository, user} from './cli.ts'

const cli = new Cli()
const file = join(cli.home, 'jobs.aurora')
const key = `devcluster/${user}/prod/watched`
const context = join(cli.home, 'kill.json')

/** A plugin in a folder of its own, with these hooks at pre:job.kill. */
function plugin(name: string, hooks: Record<string, string>, more: object = {}): string {
  const folder = join(cli.home, name)
  mkdirSync(folder, {recursive: true})
  for (const [hook, body] of Object.entries(hooks))
    writeFileSync(
      join(folder, `${hook}.js`),
      `import {allow, amend, defineHook, deny} from '@auroractl/cli/hook'\nexport default defineHook(async (ctx) => {${body}})\n`,
    )
  const declared = Object.keys(hooks).map((hook) => ({name: hook, on: ['pre:job.kill'], script: `${hook}.js`, ...more}))
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({name, version: '1.0.0', type: 'module', oclif: {}, aurora: {hooks: declared}}),
  )
  return folder
}

const run = async (...args: string[]) => {
  const {code, stdout} = await cli.run(['hooks', 'run', ...args, '--json'])
  const result = JSON.parse(stdout) as Record<'decision' | 'source' | 'ms' | 'heapKb', unknown>
  return {...result, code}
}

beforeAll(async () => {
  writeFileSync(
    file,
    `import getpass
jobs = [Service(name = 'watched', cluster = 'devcluster', role = getpass.getuser(), environment = 'prod', instances = 2,
  task = Task(processes = [Process(name = 'loop', cmdline = 'while true; do sleep 1; done')],
              resources = Resources(cpu = 0.1, ram = 16*MB, disk = 16*MB)))]
`,
  )
  await cli.json(['local', 'start'])
  await cli.json(['job', 'create', key, file, '--wait-until', 'RUNNING'])
})
afterAll(() => cli[Symbol.asyncDispose]())

describe('hooks context', () => {
  it('shows what hooks would see, changes nothing, and asks no hook', async () => {
    const folder = plugin('never-asked', {never: "return deny('asked')"})
    await cli.run(['plugins', 'link', folder])
    const {code, stdout} = await cli.run(['hooks', 'context', '--', 'job', 'kill', `${key}/0`, '--batch-size', '2'])
    await cli.run(['plugins', 'unlink', folder])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      phase: 'pre',
      operation: 'job.kill',
      job: {name: 'watched'},
      instances: [0],
      options: {batchSize: 2},
      dryRun: false,
    })
    writeFileSync(context, stdout)
    const [status] = await cli.json<{active: unknown[]}[]>(['job', 'status', key])
    expect(status?.active).toHaveLength(2)
  })

  it('takes the operation in one word, and shows what amend hooks see', async () => {
    const {stdout} = await cli.run(['hooks', 'context', '--phase', 'amend', '--', 'job.killall', key])
    expect(JSON.parse(stdout)).toMatchObject({phase: 'amend', operation: 'job.killall'})
  })

  it.each([
    [['job', 'kil', key], 6, /there is no command 'job kil'; did you mean 'job kill'/],
    [['--', 'job', 'kill', 'nowhere/a/b/c/0'], 3, /nowhere/],
    [['--', 'job', 'kill', key, '--nonsense'], 2, /nonsense/i],
  ])('fails as the command does: %j', async (args, code, problem) => {
    expect(await cli.run(['hooks', 'context', ...args])).toMatchObject({code, stdout: '', stderr: expect.stringMatching(problem)})
  })
})

describe('hooks run', () => {
  it('asks a hook of a folder, a script, and one that is linked', async () => {
    const folder = plugin('answers', {
      first: "return deny('first')",
      second: 'ctx.log.warn(ctx.job.name); return deny(`second ${ctx.dryRun}`)',
    })
    expect(await run(join(folder, 'second'), '--context', context)).toMatchObject({
      code: 0,
      decision: 'deny',
      reason: 'second true',
      log: ['warn watched'],
    })
    expect(await run(join(folder, 'first.js'), '--context', context)).toMatchObject({decision: 'deny', reason: 'first'})
    await cli.run(['plugins', 'link', folder])
    for (const name of ['first', 'answers/first']) {
      const {decision, source, ms, heapKb} = await run(name, '--context', context)
      expect({decision, source}).toEqual({decision: 'deny', source: 'plugin answers'})
      expect([ms, heapKb]).toEqual([expect.any(Number), expect.any(Number)])
    }
    await cli.run(['plugins', 'unlink', folder])
  })

  it('does nothing but for real, and nothing that was not granted', async () => {
    const body = "const {stdout} = await ctx.exec('touch', ['made']); ctx.log.info(stdout); return allow()"
    const folder = plugin('touches', {touches: body}, {needs: {exec: ['touch']}})
    expect(await run(folder, '--context', context)).toMatchObject({
      code: 4,
      decision: 'fail',
      reason: expect.stringContaining('ctx.exec needs'),
    })
    await cli.run(['plugins', 'link', folder])
    expect(await run('touches', '--context', context)).toMatchObject({
      code: 0,
      decision: 'allow',
      powers: [{planned: true, text: expect.stringContaining('touch made')}],
    })
    const guard = plugin('no-tries', {'no-tries': "return deny('not here')"}, {on: ['pre:hooks.run']})
    await cli.run(['plugins', 'link', guard])
    expect((await cli.run(['hooks', 'run', 'touches', '--context', context, '--for-real'])).stderr).toContain('not here')
    await cli.run(['plugins', 'unlink', guard])
    const planned = await cli.run(['hooks', 'run', 'touches', '--context', context, '--for-real', '--dry-run'])
    expect(planned).toMatchObject({code: 0, stdout: 'Would ask the hook touches, and let it do what it does\n'})
    expect(() => readFileSync(join(cli.home, 'made'))).toThrow('ENOENT')
    expect(await run('touches', '--context', context, '--for-real')).toMatchObject({decision: 'allow', powers: [{planned: false}]})
    expect(readFileSync(join(cli.home, 'made'), 'utf8')).toBe('')
    await cli.run(['plugins', 'unlink', folder])
  })

  it('shows a failure with its place, and a hook that is for other jobs', async () => {
    const folder = plugin('breaks', {breaks: '\nnull.x'}, {when: {environment: ['prod']}})
    const failed = await cli.run(['hooks', 'run', folder, '--context', context])
    expect(failed).toMatchObject({code: 4, stdout: expect.stringMatching(/: fail: TypeError.*\(breaks\.js:3\)\n {2}took \d/)})
    const other = join(cli.home, 'devel.yaml')
    writeFileSync(other, 'job: west/www/devel/x\n')
    expect(await run(folder, '--context', other)).toMatchObject({code: 0, decision: 'not-asked'})
  })

  it.each([
    [['nobody', '--context', context], 6, /there is no hook 'nobody'/],
    [['several', '--context', context], 6, /could be several hooks/],
    [['several/third', '--context', context], 6, /has no hook 'third'/],
    [['several/one', '--context', 'none.json'], 3, /none\.json/],
    [['several/one', '--context', 'wrong.json'], 3, /wrong\.json: 'context' has an unknown field 'jobb'; did you mean 'job'/],
  ])('refuses %j', async (args, code, problem) => {
    plugin('several', {one: '', two: ''})
    writeFileSync(join(cli.home, 'wrong.json'), '{"jobb": "a/b/c/d"}')
    expect(await cli.run(['hooks', 'run', ...args])).toMatchObject({code, stderr: expect.stringMatching(problem)})
  })
})

describe('hooks profile', () => {
  it('says so when no run asked a hook', async () => {
    const {stdout} = await cli.run(['hooks', 'profile'], {env: {AURORA_STATE_DIR: join(cli.home, 'empty')}})
    expect(stdout).toBe('No past run asked a hook.\n')
  })

  it('adds up what hooks took in past runs', async () => {
    const folder = plugin('profiled', {quick: 'return allow()', strict: "return deny('no')", broken: 'null.x'})
    await cli.run(['plugins', 'link', folder])
    for (let time = 0; time < 2; time++) await cli.run(['job', 'kill', `${key}/0`])
    await cli.run(['plugins', 'unlink', folder])
    const {runs, hooks} = await cli.json<{runs: number; hooks: {hook: string}[]}>(['hooks', 'profile'])
    expect(runs).toBeGreaterThanOrEqual(2)
    const spread = {median: expect.any(Number), p95: expect.any(Number), max: expect.any(Number)}
    expect(hooks).toContainEqual({
      hook: 'quick',
      source: 'plugin profiled',
      asked: 2,
      denied: 0,
      failed: 0,
      ms: spread,
      cpuMs: spread,
      heapKb: spread,
    })
    expect(hooks).toContainEqual(expect.objectContaining({hook: 'strict', asked: 2, denied: 2, failed: 0}))
    expect(hooks).toContainEqual(expect.objectContaining({hook: 'broken', asked: 2, denied: 0, failed: 2}))
    const {stdout} = await cli.run(['hooks', 'profile', 'strict'])
    expect(stdout).toMatch(/^HOOK .*MAX HEAP\nstrict +plugin profiled +2 +2 +0 +[\d.]+ ms.*KB\n\nFrom \d+ runs\.\n$/)
  })
})

describe('the documentation', () => {
  const text = readFileSync(join(repository, 'docs/hook-testing.md'), 'utf8')
  const commands = [...text.matchAll(/^ {4}(aurora .*)$/gm)].map(([, command = '']) => command)

  it('has commands that run, one after another', () => {
    const folder = join(cli.home, 'documented')
    mkdirSync(folder)
    expect(commands.length).toBeGreaterThan(4)
    for (const command of commands) {
      const line = command.replace('aurora', `"${process.execPath}" "${join(repository, 'bin/run.js')}"`)
      const {status, stderr} = spawnSync('sh', ['-c', line], {cwd: folder, env: cli.env, encoding: 'utf8'})
      expect({command, status, stderr: status === 0 ? '' : stderr}).toEqual({command, status: 0, stderr: ''})
    }
  })

  it('has a case that is one', async () => {
    const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(text) ?? []
    const folder = plugin(
      'documented-case',
      {'night-watch': "if (new Date().getUTCHours() < 6) return deny('it is night in the west')"},
      {needs: {clock: true}},
    )
    mkdirSync(join(folder, 'tests'))
    writeFileSync(join(folder, 'tests/case.yaml'), yaml)
    expect(await cli.run(['hooks', 'test', folder])).toMatchObject({code: 0, stdout: expect.stringContaining('1 case, 0 failed')})
  })
})
