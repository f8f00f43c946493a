/** What a shell script, or whoever runs one, counts on. */
import {execFileSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, describe, expect, it, vi} from 'vitest'
import {Cli, ended} from './cli.ts'

const cli = new Cli()
const file = join(cli.home, 'jobs.json')
const task = {processes: [{name: 'a', cmdline: 'true'}], resources: {cpu: 1, ram: 1 << 20, disk: 1 << 20}}
writeFileSync(file, JSON.stringify({cluster: 'devcluster', role: 'www', environment: 'devel', name: 'hello', task}))
afterAll(() => cli[Symbol.asyncDispose]())

describe('a loop that reads lines', () => {
  it.each([['evaluate', file], ['graph', file], ['convert', file, '--to', 'json'], ['explain']])(
    'keeps them when config %s has an argument left out',
    async (...args) => {
      const {code, stderr} = await cli.run(['config', ...args], {stdin: 'the next line\n'})
      expect({code, stderr}).toEqual({code: 0, stderr: ''})
    },
  )

  it('is told of an argument that must be there', async () => {
    const {code, stderr} = await cli.run(['config', 'list'], {stdin: `${file}\n`})
    expect(code).toBe(2)
    expect(stderr).toContain('Missing 1 required arg')
  })

  it('is told of an option that must be there', async () => {
    const {code, stderr} = await cli.run(['config', 'convert', file])
    expect(code).toBe(2)
    expect(stderr).toMatch(/^aurora config convert: error: Missing required flag --to\n/)
  })
})

it.each(['-', '/dev/stdin'])('says that a configuration is no pipe when it is to read %s', async (name) => {
  const {code, stderr} = await cli.run(['config', 'evaluate', name, '--json'], {stdin: 'jobs = []\n'})
  expect({code, stderr}).toEqual({code: 3, stderr: ''})
  const {stdout} = await cli.run(['config', 'evaluate', name], {stdin: 'jobs = []\n'})
  expect(stdout).toContain('A configuration is read from a file, not from a pipe')
})

it.each([
  ['TypeScript', 'endless.ts', 'for (;;);\nexport default []\n'],
  ['Python', 'endless.aurora', 'while True: pass\n'],
])('leaves no process of a %s configuration that never ends when the client is killed', async (_, name, program) => {
  const endless = join(cli.home, name)
  writeFileSync(endless, program)
  const client = cli.start(['config', 'check', endless])
  const children = await vi.waitFor(
    () => {
      const found = processes().filter(({parent, seconds}) => parent === client.pid && seconds > 0)
      expect(found).not.toEqual([])
      return found
    },
    {timeout: 10_000, interval: 100},
  )
  client.kill('SIGKILL')
  await ended(client)
  const left = () => processes().filter(({id}) => children.some((child) => child.id === id))
  await vi.waitFor(() => expect(left()).toEqual([]), {timeout: 5000, interval: 100})
})

function processes(): {id: number; parent: number; seconds: number}[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,time='], {encoding: 'utf8'})
    .trim()
    .split('\n')
    .map((line) => {
      const [id, parent, time = ''] = line.trim().split(/\s+/)
      return {id: Number(id), parent: Number(parent), seconds: Number(time.replaceAll(/\D/g, ''))}
    })
}
