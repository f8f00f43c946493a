/** What a person at a terminal sees, and what a pipe does instead. */
import {spawnSync} from 'node:child_process'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {Cli, ended, repository, user} from './cli.ts'
import {hasTmux, Terminal} from './terminal.ts'

const cli = new Cli()
const file = join(cli.home, 'jobs.aurora')
const key = (name: string) => `devcluster/${user}/devel/${name}`

beforeAll(async () => {
  writeFileSync(
    file,
    `import getpass
loop = Process(name = 'loop', cmdline = 'while true; do sleep 1; done')
brief = Process(name = 'brief', cmdline = 'while [ ! -e ${cli.home}/go ]; do sleep 0.1; done')
def job(name, process):
  task = Task(processes = [process], resources = Resources(cpu = 0.1, ram = 16*MB, disk = 16*MB))
  return Job(name = name, cluster = 'devcluster', role = getpass.getuser(), environment = 'devel', task = task)
jobs = [job('endless', loop), job('brief', brief), job('other', loop), job('asked', loop)]
`,
  )
  await cli.json(['local', 'start'])
})
afterAll(() => cli[Symbol.asyncDispose]())

describe.skipIf(!hasTmux)(`in a terminal${hasTmux ? '' : ' (tmux is not installed)'}`, () => {
  it('shows progress on a line that goes away', async () => {
    using terminal = new Terminal(cli)
    terminal.start('job', 'create', key('brief'), file, '--wait-until', 'FINISHED')
    const during = await terminal.see(/^0 of 1 instance FINISHED/m)
    expect(during).toContain(' INFO] Creating job brief')
    writeFileSync(join(cli.home, 'go'), '')
    const after = await terminal.see(/^ended: \d/m)
    expect(after).toMatch(/^Job create succeeded: .*\nended: 0$/m)
    expect(after).not.toContain('of 1 instance')
  })

  it('stops waiting at Ctrl-C, and says what was done', async () => {
    using terminal = new Terminal(cli)
    terminal.start('job', 'create', key('endless'), file, '--wait-until', 'FINISHED')
    await terminal.see(/^0 of 1 instance FINISHED/m)
    terminal.type('C-c')
    const screen = await terminal.see(/^ended: \d/m)
    expect(screen).toMatch(/^ended: 130$/m)
    expect(screen).toContain('ERROR] Command interrupted by user')
    expect(screen).toMatch(new RegExp(`^Done before that: .*${key('endless')}`, 'm'))
    expect(screen).not.toMatch(/^\s+at /m)
    expect(screen).not.toContain('succeeded')
    const [status] = await cli.json<{active: unknown[]}[]>(['job', 'status', key('endless')])
    expect(status?.active).toHaveLength(1)
  })

  it.each([
    {answer: 'n', what: 'no'},
    {answer: '', what: 'nothing'},
  ])('asks before a reset, and leaves everything when the answer is $what', async ({answer}) => {
    const before = await cli.json<string[]>(['job', 'list', 'devcluster'])
    using terminal = new Terminal(cli)
    terminal.start('local', 'reset')
    await terminal.see(/Delete the cluster 'devcluster' with all its jobs\? \[y\/N\]/)
    terminal.type(answer, 'Enter')
    await terminal.see(/^ended: \d/m)
    expect(await cli.json(['job', 'list', 'devcluster'])).toEqual(before)
    expect(await cli.json(['local', 'status'])).toMatchObject({running: true, healthy: true})
  })

  it.each(['C-c', 'C-d'])('ends a question at %s, and leaves everything', async (keys) => {
    using terminal = new Terminal(cli)
    terminal.start('local', 'reset')
    await terminal.see(/\[y\/N\]/)
    terminal.type(keys)
    const screen = await terminal.see(/^ended: \d/m)
    expect(screen).toMatch(/^ERROR\] Command interrupted by user\nNothing was changed\.\nended: 130$/m)
    expect(screen).not.toMatch(/^\s+at /m)
    expect(await cli.json(['local', 'status'])).toMatchObject({running: true})
  })

  it.each(['C-c', 'C-d'])('stops at %s in the question of a hook, whatever the hook makes of it', async (keys) => {
    await cli.run(['job', 'create', key('asked'), file])
    const folder = join(cli.home, 'careless')
    const hooks = [{name: 'careless', on: ['pre:job.kill'], script: 'hook.js', needs: {prompt: true}}]
    mkdirSync(folder, {recursive: true})
    writeFileSync(join(folder, 'package.json'), JSON.stringify({name: 'careless', version: '1.0.0', oclif: {}, aurora: {hooks}}))
    writeFileSync(join(folder, 'hook.js'), "export default (ctx) => ctx.prompt.confirm('Sure?').then(() => {}, () => {})")
    await cli.json(['plugins', 'link', folder])
    using terminal = new Terminal(cli)
    terminal.start('job', 'killall', key('asked'))
    await terminal.see(/\[careless\] Sure\?/)
    terminal.type(keys)
    const screen = await terminal.see(/^ended: \d/m)
    await cli.run(['plugins', 'unlink', 'careless'])
    expect(screen).toMatch(/^ended: 130$/m)
    const [status] = await cli.json<{active: unknown[]}[]>(['job', 'status', key('asked')])
    expect(status?.active).toHaveLength(1)
  })
})

describe.skipIf(!hasTmux)('SIGTERM', () => {
  it('is not kept waiting by the question of a hook, and hooks of the end hear of it', async () => {
    await cli.run(['job', 'create', key('asked'), file])
    const folder = join(cli.home, 'asking')
    const hooks = [
      {name: 'asking', on: ['pre:job.kill'], script: 'ask.js', needs: {prompt: true}},
      {name: 'ending', on: ['error:job.killall', 'finally:job.killall'], script: 'end.js'},
    ]
    mkdirSync(folder, {recursive: true})
    writeFileSync(join(folder, 'package.json'), JSON.stringify({name: 'asking', version: '1.0.0', oclif: {}, aurora: {hooks}}))
    writeFileSync(join(folder, 'ask.js'), "export default (ctx) => ctx.prompt.confirm('Sure?').then(() => {}, () => {})")
    writeFileSync(join(folder, 'end.js'), 'export default (ctx) => ctx.log.info(`${ctx.phase} ${ctx.outcome ?? ctx.error.code}`)')
    await cli.json(['plugins', 'link', folder])
    using terminal = new Terminal(cli)
    const words = [process.execPath, join(repository, 'bin/run.js'), 'job', 'killall', key('asked')].join("' '")
    terminal.type(`clear; sh -c 'echo $$ > pid; exec "$0" "$@"' '${words}'; echo "ended: $?"`, 'Enter')
    await terminal.see(/\[asking\] Sure\?/)
    process.kill(Number(readFileSync(join(cli.home, 'pid'), 'utf8')), 'SIGTERM')
    const screen = await terminal.see(/^ended: \d/m)
    await cli.run(['plugins', 'unlink', 'asking'])
    expect(screen).toMatch(/^ended: 130$/m)
    expect(screen).toContain('Nothing was changed.')
    expect(screen).toMatch(/error interrupted[\s\S]*finally not-applied/)
    const [status] = await cli.json<{active: unknown[]}[]>(['job', 'status', key('asked')])
    expect(status?.active).toHaveLength(1)
  })
})

describe('in a pipe', () => {
  it('asks no question', async () => {
    const reset = await cli.run(['local', 'reset'])
    expect(reset).toMatchObject({code: 6, stdout: ''})
    expect(reset.stderr).toContain('Add --yes')
    expect(reset.stderr).not.toMatch(/^\s+at /m)
    expect(await cli.json(['local', 'status'])).toMatchObject({running: true})
  })

  it('writes progress as plain lines', async () => {
    const {code, stderr} = await cli.run(['job', 'create', key('other'), file, '--wait-until', 'RUNNING'])
    expect(code).toBe(0)
    expect(stderr).toMatch(/^ INFO\] 1 of 1 instance RUNNING$/m)
    expect(stderr).not.toContain('\r')
    expect(stderr).not.toContain('\u001B')
  })

  // `true` reads nothing at all, and is long gone when the client writes.
  it.each(['head -1', 'true'])('does not mind that %s stops reading', (reader) => {
    const program = `'${process.execPath}' '${join(repository, 'bin/run.js')}'`
    const line = (args: string) => `set -o pipefail; ${program} ${args} | ${reader}; echo "ended: \${PIPESTATUS[0]}" >&2`
    for (const args of [`job status '${key('other')}'`, 'job status devcluster --json', 'help', 'job list --help']) {
      const {stderr} = spawnSync('bash', ['-c', line(args)], {env: cli.env, cwd: cli.home, encoding: 'utf8'})
      expect(stderr).toContain('ended: 0')
      expect(stderr).not.toMatch(/EPIPE|^\s+at /m)
    }
  })

  it('stops following a log that nobody reads', async () => {
    const child = cli.start(['local', 'logs', '--follow'])
    child.stdout?.once('data', () => child.stdout?.destroy())
    const end = ended(child)
    // Each start and stop writes to the log, and so meets the closed pipe.
    await cli.run(['local', 'stop'])
    await cli.run(['local', 'start'])
    expect(await end).toMatchObject({code: 0, stderr: ''})
  })
})
