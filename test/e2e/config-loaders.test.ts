import {cpSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {Cli, repository} from './cli.ts'

const cli = new Cli()
const plugin = join(cli.home, 'ini-loader')
const project = join(cli.home, 'project')

function write(path: string, text: string): string {
  mkdirSync(join(path, '..'), {recursive: true})
  writeFileSync(path, text)
  return path
}

const key = 'cluster = devcluster\nrole = www\nenvironment = devel\n'

beforeAll(async () => {
  cpSync(join(repository, 'docs/examples/ini-loader'), plugin, {recursive: true})
  write(join(project, 'common.ini'), `${key}ram_mb = 128\n`)
  write(
    join(project, 'jobs.ini'),
    'common = common.ini\n[hello]\ninstances = 2\nrun.greet = echo {{greeting}}\n[bye]\nrun.say = echo bye\n',
  )
})
afterAll(() => cli[Symbol.asyncDispose]())

describe('a loader that a plugin brings', () => {
  it('is shown when the plugin is linked, and reads its files from then on', async () => {
    const linked = await cli.json(['plugins', 'link', plugin])
    expect(linked).toMatchObject({hooks: [], loaders: [{name: 'ini', files: ['.ini']}], unconfined: []})
    const file = join(project, 'jobs.ini')
    expect(await cli.json(['config', 'list', file])).toEqual(['devcluster/www/devel/hello', 'devcluster/www/devel/bye'])
    const args = ['config', 'evaluate', file, 'devcluster/www/devel/hello', '--bind', 'greeting=hi']
    const {jobs} = await cli.json<{jobs: {job: unknown}[]}>(args)
    expect(jobs[0]?.job).toMatchObject({instances: 2, task: {processes: [{cmdline: 'echo hi'}], resources: {ram: 128 * 2 ** 20}}})
  })

  it.each([
    ['refuses the file', `${key}what is this`, /bad\.ini:4: neither a \[section\]/],
    [
      'gives something that is no job',
      '[job]\ncolour = red\nrun.a = b',
      /What the loader ini of aurora-ini-loader gave is no configuration:[^]*Unknown schema attribute colour/,
    ],
    ['includes a file outside of the project', 'common = /etc/passwd\n[a]\nrun.b = c', /Permission denied: '\/etc\/passwd'/],
  ])('tells whose error it is when it %s', async (_what, text, message) => {
    const {code, stderr} = await cli.run(['config', 'list', write(join(project, 'bad.ini'), text)])
    expect(code).toBe(4)
    expect(stderr).toMatch(message)
  })

  it('imports files of its plugin alone', async () => {
    const script = join(plugin, 'loaders/ini.js')
    const working = readFileSync(script, 'utf8')
    write(script, "import {allow} from '@auroractl/cli/hook'\nexport default () => allow()")
    const {stderr} = await cli.run(['config', 'list', join(project, 'jobs.ini')])
    write(script, working)
    expect(stderr).toContain("a loader can import files of its own plugin by './…' alone")
  })

  it('is noticed when it changes', async () => {
    const file = join(project, 'jobs.ini')
    write(
      join(plugin, 'loaders/ini.js'),
      "export default () => ({jobs: [{cluster: 'c', role: 'r', environment: 'e', name: 'other', task: {}}]})",
    )
    expect(await cli.json(['config', 'list', file])).toEqual(['c/r/e/other'])
  }, 60_000)

  it('is refused when its manifest is wrong', async () => {
    const loaders = [{name: 'yaml', files: ['.yaml', 'x'], scripts: 'a.js'}]
    write(
      join(plugin, 'package.json'),
      JSON.stringify({name: 'aurora-ini-loader', version: '1.0.0', type: 'module', oclif: {}, aurora: {loaders}}),
    )
    const {code, stderr} = await cli.run(['plugins', 'link', plugin])
    expect(code).toBe(6)
    expect(stderr).toMatch(
      /unknown field 'scripts'; did you mean 'script'\?[^]*'files' must be a list[^]*the client reads \.yaml itself[^]*'script' must be/,
    )
  })
})
