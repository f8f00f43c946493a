import {spawnSync} from 'node:child_process'
import {chmodSync, existsSync, mkdirSync, rmdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {Cli, type Ended, repository, user} from './cli.ts'

const cli = new Cli()
const project = join(cli.home, 'shop')
const key = (name: string) => `devcluster/${user}/prod/${name}`
const audit = join(cli.home, '.local/state/aurora/audit.jsonl')

const DENY = "import {deny} from '@auroractl/cli/hook'\nexport default (ctx) => deny(`not ${ctx.operation} on a Friday`)\n"
const entry = (name: string, on = ['pre:job.kill']) => ({name, on, script: 'deny.js'})

function write(path: string, content: string | object): void {
  mkdirSync(join(cli.home, path, '..'), {recursive: true})
  writeFileSync(join(cli.home, path), typeof content === 'string' ? content : JSON.stringify(content))
}

function records(): {hooks: object[]}[] {
  return readFileSync(audit, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as {hooks: object[]})
}

beforeAll(async () => {
  write(
    'shop/jobs.aurora',
    `import getpass
jobs = [Service(name = 'shop', cluster = 'devcluster', role = getpass.getuser(), environment = 'prod',
  task = Task(processes = [Process(name = 'loop', cmdline = 'while true; do sleep 1; done')],
              resources = Resources(cpu = 0.1, ram = 16*MB, disk = 16*MB)))]
`,
  )
  write('shop/aurora.yaml', 'hooks:\n  - name: friday\n    on: [pre:job.kill, pre:job.create]\n    script: deny.js\n')
  write('shop/deny.js', DENY)
  write('extra/hooks.json', {hooks: [entry('extra')]})
  write('extra/deny.js', DENY)
  await cli.json(['local', 'start'])
})
afterAll(() => cli[Symbol.asyncDispose]())

describe("a project's file", () => {
  it('guards the jobs of the configurations beside it, from wherever they are created', async () => {
    const result = await cli.run(['job', 'create', key('shop'), join(project, 'jobs.aurora')])
    expect(result).toMatchObject({code: 4, stdout: ''})
    expect(result.stderr).toContain(`friday (project ${join(project, 'aurora.yaml')}): not job.create on a Friday`)
    expect((await cli.run(['job', 'status', key('shop')])).code).toBe(6)
  })

  it('guards what is done in its folder without a configuration, and nothing elsewhere', async () => {
    const kill = ['job', 'kill', `${key('shop')}/7`]
    expect(await cli.run(kill, {cwd: project})).toMatchObject({code: 4, stderr: expect.stringContaining('friday (project ')})
    expect(await cli.run(kill)).toMatchObject({code: 0})
  })

  it('that is wrong stops what is done there, and says where', async () => {
    write('broken/aurora.yaml', 'hooks:\n  - name: friday\n    on: [pre:job.kil]\n    script: deny.js\n')
    const result = await cli.run(['job', 'kill', `${key('shop')}/7`], {cwd: join(cli.home, 'broken')})
    expect(result).toMatchObject({code: 3, stdout: ''})
    expect(result.stderr).toContain("hook 'friday': 'pre:job.kil' names an operation that does not exist; did you mean 'job.kill'?")
  })
})

describe('--hooks', () => {
  it('adds the hooks of a file to one run, and may be repeated', async () => {
    write('extra/more.json', {hooks: [entry('more')]})
    const files = ['--hooks', join(cli.home, 'extra/hooks.json'), '--hooks', join(cli.home, 'extra/more.json')]
    const {code, stderr} = await cli.run(['job', 'kill', `${key('shop')}/7`, ...files])
    expect(code).toBe(4)
    expect(stderr).toContain('extra (project ')
    expect(stderr).toContain('more (project ')
    expect((await cli.run(['job', 'kill', `${key('shop')}/7`])).code).toBe(0)
  })

  it('refuses a file that is not there', async () => {
    const result = await cli.run(['job', 'list', 'devcluster', '--hooks', 'none.json'])
    expect(result).toMatchObject({code: 3, stdout: '', stderr: expect.stringContaining('none.json cannot be used')})
  })
})

describe('a hook of a project that asks for powers', () => {
  const asking = {name: 'asking', on: ['pre:job.kill'], script: 'hook.js', needs: {env: ['SHOP_TICKET']}}
  const file = join(cli.home, 'asking/aurora.json')
  const kill = () => cli.run(['job', 'kill', `${key('shop')}/7`], {cwd: join(cli.home, 'asking')})
  beforeAll(() => {
    write('asking/aurora.json', {hooks: [asking]})
    write('asking/hook.js', "import {name} from './name.js'\nexport default (ctx) => void ctx.env(name)")
    write('asking/name.js', "export const name = 'SHOP_TICKET'")
  })

  it('is blocked until the user has granted the file, and told how', async () => {
    expect(await kill()).toMatchObject({code: 4, stderr: expect.stringContaining(`aurora hooks grant ${file}`)})
    const shown = await cli.run(['hooks', 'grant', file])
    expect(shown.code).not.toBe(0)
    expect(shown.stderr).toContain('SHOP_TICKET')
    expect((await kill()).code).toBe(4)
    expect(await cli.run(['hooks', 'grant', file, '--yes'])).toMatchObject({code: 0, stdout: `Granted ${file}\n`})
    expect((await kill()).code).toBe(0)
  })

  it('is blocked again when what it imports has changed, or its grant is taken back', async () => {
    write('asking/name.js', "export const name = 'SHOP_TICKET' // or another")
    expect(await kill()).toMatchObject({code: 4, stderr: expect.stringContaining('has changed since it was granted')})
    await cli.json(['hooks', 'grant', file, '--yes'])
    expect((await kill()).code).toBe(0)
    await cli.json(['hooks', 'revoke', file])
    expect(await kill()).toMatchObject({code: 4, stderr: expect.stringContaining('never granted')})
  })
})

describe('a skip', () => {
  const skipping = (...args: string[]) => cli.run(['job', 'kill', `${key('shop')}/7`, ...args], {cwd: project})

  it('is told, and recorded with its reason, for the user alone', async () => {
    const result = await skipping('--skip-hooks', 'friday', '--skip-reason', 'fire, INC-7')
    expect(result).toMatchObject({code: 0, stderr: expect.stringContaining('hooks skipped: friday (fire, INC-7)')})
    expect(records().at(-1)).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      user,
      operation: 'job.kill',
      job: key('shop'),
      dryRun: false,
      hooks: [{hook: 'friday', source: `project ${join(project, 'aurora.yaml')}`}],
      reason: 'fire, INC-7',
    })
    expect(statSync(audit).mode & 0o777).toBe(0o600)
    expect(statSync(join(audit, '..')).mode & 0o777).toBe(0o700)
  })

  it('of nothing is no skip', async () => {
    const before = records().length
    expect((await cli.run(['job', 'kill', `${key('shop')}/7`, '--skip-hooks', 'all'])).stderr).not.toContain('skipped')
    expect(records()).toHaveLength(before)
  })

  it('that cannot be recorded is refused', async () => {
    const state = join(cli.home, 'no-folder')
    writeFileSync(state, '')
    const env = {AURORA_STATE_DIR: state}
    write('extra/watch.json', {hooks: [entry('watch', ['pre:job.status'])]})
    const args = ['--skip-hooks', 'watch', '--hooks', join(cli.home, 'extra/watch.json')]
    expect(await cli.run(['job', 'status', 'devcluster', ...args], {env})).toMatchObject({
      code: 4,
      stdout: '',
      stderr: expect.stringMatching(/Hooks are not skipped, since that cannot be recorded in .*no-folder/),
    })
  })

  it('has no reason without a skip', async () => {
    expect(await skipping('--skip-reason', 'x')).toMatchObject({code: 2, stderr: expect.stringContaining('--skip-hooks')})
  })
})

// A policy is root's, in /etc: a name space of mounts gives the client an /etc/aurora of its own.
const canMount = process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'true']).status === 0

describe.runIf(canMount)('the policy of a site', () => {
  const policy = join(cli.home, 'policy')
  const hooks = [{...entry('house-rule'), needs: {prompt: true}}]

  /** Runs the client where /etc/aurora is the policy's folder. */
  async function under(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const script = 'mkdir -p /etc/aurora && mount --bind "$1" /etc/aurora && shift && exec "$@"'
    const child = spawnSync(
      'unshare',
      ['-m', 'sh', '-c', script, 'sh', policy, process.execPath, join(repository, 'bin/run.js'), ...args],
      {cwd: cli.home, env: {...cli.env, ...env}, encoding: 'utf8'},
    )
    return {code: child.status, signal: child.signal, stdout: child.stdout, stderr: child.stderr}
  }

  const wasThere = existsSync('/etc/aurora')
  afterAll(() => {
    if (!wasThere) rmdirSync('/etc/aurora')
  })
  beforeAll(() => {
    write('policy/policy.json', {hooks})
    write('policy/deny.js', DENY)
    chmodSync(policy, 0o755)
  })

  it('holds whatever AURORA_CONFIG_ROOT says, and judges last', async () => {
    const env = {AURORA_CONFIG_ROOT: cli.home}
    const result = await under(['job', 'kill', `${key('shop')}/7`, '--hooks', join(cli.home, 'extra/hooks.json'), '--json'], env)
    expect(result.code).toBe(4)
    expect(JSON.parse(result.stdout)).toMatchObject({
      error: {
        failures: [{hook: 'extra'}, {hook: 'house-rule', source: 'policy /etc/aurora/policy.json', reason: 'not job.kill on a Friday'}],
      },
    })
  })

  it('cannot be skipped', async () => {
    expect(await under(['job', 'kill', `${key('shop')}/7`, '--skip-hooks', 'house-rule'])).toMatchObject({
      code: 5,
      stdout: '',
      stderr: expect.stringContaining('house-rule cannot be skipped: policy /etc/aurora/policy.json holds everybody here to it'),
    })
    const all = await under(['job', 'kill', `${key('shop')}/7`, '--skip-hooks', 'all', '--hooks', join(cli.home, 'extra/hooks.json')])
    expect(all.code).toBe(4)
    expect(all.stderr).toContain('policy hooks run all the same: house-rule')
    expect(all.stderr).toContain('hooks skipped: extra')
    expect(all.stderr).not.toContain('extra (project')
  })

  it('is shown as what it is', async () => {
    const {stdout} = await under(['hooks', 'explain', 'job', 'kill', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({hooks: [{name: 'house-rule', kind: 'policy', skippable: false, granted: true}]})
  })

  it('that cannot be read denies everything', async () => {
    write('policy/policy.json', '{')
    const result = await under(['job', 'status', 'devcluster'])
    expect(result).toMatchObject({code: 4, stdout: ''})
    expect(result.stderr).toContain('The policy of this machine cannot be known, so nothing is done: /etc/aurora/policy.json')
    write('policy/policy.json', {hooks})
    chmodSync(join(policy, 'policy.json'), 0o666)
    expect((await under(['job', 'status', 'devcluster'])).stderr).toContain('it can be written by others than root')
    chmodSync(join(policy, 'policy.json'), 0o644)
    expect((await under(['job', 'status', 'devcluster'])).code).not.toBe(4)
  })
})
