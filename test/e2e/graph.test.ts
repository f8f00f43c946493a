import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, describe, expect, it} from 'vitest'
import {Cli} from './cli.ts'

const cli = new Cli()
afterAll(() => cli[Symbol.asyncDispose]())

/** A file of one job. */
function fileOf(name: string, orders: string): string {
  const file = join(cli.home, `${name}.aurora`)
  writeFileSync(
    file,
    `print('evaluated')
def process(name): return Process(name = name, cmdline = 'true')
task = Task(processes = [process(name) for name in 'abc'], constraints = ${orders}, resources = Resources(cpu = 1, ram = MB, disk = MB))
jobs = [Job(name = '${name}', cluster = 'devcluster', role = 'www', environment = 'devel', task = task)]
`,
  )
  return file
}

describe('config graph', () => {
  const file = fileOf('hello', "order('a', 'c') + order('b', 'c')")

  it('draws the only job of a file, which is evaluated once', async () => {
    const {code, stdout, stderr} = await cli.run(['config', 'graph', file], {env: {LANG: 'en_US.UTF-8'}})
    expect({code, stdout, stderr}).toEqual({
      code: 0,
      stdout: 'devcluster/www/devel/hello: 3 processes\n\n●  a\n│\n│ ●  b\n├─╯\n●  c\n',
      stderr: 'evaluated\n',
    })
  })

  it('draws with ASCII where the locale has no more', async () => {
    const {stdout} = await cli.run(['config', 'graph', 'devcluster/www/devel/hello', file], {env: {LC_ALL: 'C', LANG: 'en_US.UTF-8'}})
    expect(stdout).toBe('devcluster/www/devel/hello: 3 processes\n\n*  a\n|\n| *  b\n+-+\n*  c\n')
  })

  it('writes a picture, and input for Graphviz', async () => {
    expect((await cli.run(['config', 'graph', file, '--format', 'svg'])).stdout).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^]*<\/svg>\n$/,
    )
    expect((await cli.run(['config', 'graph', file, '--format', 'dot'])).stdout).toMatch(/^digraph processes \{\n[^]*"a" -> "c"\n[^]*\}\n$/)
  })

  it.each([
    {
      what: 'processes that wait for each other',
      args: [fileOf('cycle', "order('a', 'b', 'c', 'a')")],
      code: 3,
      says: 'Cycles detected in the task schedule! a -> b -> c -> a',
    },
    {
      what: 'a job that the file does not have',
      args: ['devcluster/www/devel/other', file],
      code: 3,
      says: 'Could not find job devcluster/www/devel/other',
    },
    {what: 'a file that is not there', args: ['/no/such.aurora'], code: 3, says: 'No such file or directory'},
    {what: 'a malformed key', args: ['a/b', file], code: 2, says: 'a/b'},
  ])('refuses $what', async ({args, code, says}) => {
    const ended = await cli.run(['config', 'graph', ...args])
    expect(ended).toMatchObject({code, stdout: '', stderr: expect.stringContaining(says)})
  })
})
