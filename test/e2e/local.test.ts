import {existsSync, readFileSync, statSync, truncateSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:net'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest'
import {Cli, user} from './cli.ts'

const cli = new Cli()
const key = `devcluster/${user}/devel/survivor`
const file = join(cli.home, 'jobs.aurora')
const folder = join(cli.home, '.local/state/aurora/local/devcluster')

interface Started {
  pid: number
  already: boolean
}

beforeAll(() => {
  writeFileSync(
    file,
    `import getpass
jobs = [Service(name = 'survivor', cluster = 'devcluster', role = getpass.getuser(), environment = 'devel',
  task = Task(processes = [Process(name = 'loop', cmdline = 'echo $$; while true; do sleep 1; done')],
              resources = Resources(cpu = 0.1, ram = 16*MB, disk = 16*MB)))]
`,
  )
})
afterAll(() => cli[Symbol.asyncDispose]())

async function processId(): Promise<number> {
  return vi.waitFor(
    async () => {
      const [output] = await cli.json<{lines: string[]}[]>(['local', 'output', key])
      const pid = Number(output?.lines[0])
      expect(pid).toBeGreaterThan(0)
      return pid
    },
    {timeout: 10_000},
  )
}

describe('a local cluster', () => {
  it('is not known before it was started, and says how', async () => {
    const result = await cli.run(['job', 'status', key])
    expect(result.code).toBe(3)
    expect(result.stderr).toMatch(/Unknown cluster: devcluster[\s\S]*aurora local start/)
    expect((await cli.run(['local', 'status'])).code).toBe(4)
  })

  it('keeps its files to the user', async () => {
    await cli.json(['local', 'start'])
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    for (const name of ['state.json', 'scheduler.db', 'daemon.log']) expect(statSync(join(folder, name)).mode & 0o077).toBe(0)
  })

  it('is started once, however often', async () => {
    const both = await Promise.all([cli.json<Started>(['local', 'start']), cli.json<Started>(['local', 'start'])])
    expect(new Set(both.map(({pid}) => pid)).size).toBe(1)
    expect(both.every(({already}) => already)).toBe(true)
  })

  it('survives kill -9: the same process runs on, is taken over, and can be killed', async () => {
    await cli.json(['job', 'create', key, file, '--wait-until', 'RUNNING'])
    const before = await processId()
    const {pid} = await cli.json<Started>(['local', 'start'])
    process.kill(pid, 'SIGKILL')
    await vi.waitFor(async () => expect((await cli.run(['local', 'status'])).code).toBe(4), {timeout: 10_000})
    expect(existsSync(`/proc/${before}`)).toBe(true)

    expect((await cli.json<Started>(['local', 'start'])).already).toBe(false)
    const [status] = await cli.json<{active: {status: string}[]}[]>(['job', 'status', key])
    expect(status?.active.map((task) => task.status)).toEqual(['RUNNING'])
    expect(await processId()).toBe(before)
    await cli.json(['job', 'killall', key])
    expect(existsSync(`/proc/${before}`)).toBe(false)
  })

  it('refuses a port that is taken, and nothing is left running', async () => {
    await cli.json(['local', 'stop'])
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const result = await cli.run(['local', 'start', '--port', String(port)])
    expect(result).toMatchObject({code: 6, stdout: ''})
    expect(result.stderr).toContain(String(port))
    expect((await cli.run(['local', 'status'])).code).toBe(4)
    server.close()
  })

  it('refuses a truncated database, leaves it as it is, and says what to do', async () => {
    const database = join(folder, 'scheduler.db')
    truncateSync(database, 5_000)
    const damaged = readFileSync(database)
    const result = await cli.run(['local', 'start'])
    expect(result.code).toBe(4)
    expect(result.stderr).toMatch(/scheduler\.db[\s\S]*aurora local reset/)
    expect(readFileSync(database).equals(damaged)).toBe(true)
    expect((await cli.run(['local', 'reset', '--yes'])).code).toBe(0)
    expect((await cli.run(['local', 'start'])).code).toBe(0)
  })
})
