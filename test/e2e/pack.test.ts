/** The package as npm installs it: packed, installed in a folder of its own, and run as a user would. */
import {spawnSync} from 'node:child_process'
import {chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {delimiter, dirname, join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {Cli, type Ended, repository, user} from './cli.ts'

const SLOW = 60_000
/** Where the launcher looks beside the PATH, whatever the environment says. */
const FIXED_PLACES = ['/usr/local/bin/node', '/opt/homebrew/bin/node', ...optNodes()]

const cli = new Cli()
const prefix = join(cli.home, 'prefix')
const installed = join(prefix, 'lib/node_modules/@auroractl/cli')
const oldNode = oldNodeFolder()
const bothNodes = [oldNode, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter)
const key = `devcluster/${user}/devel/hello_world`
let packed: {files: {path: string; size: number}[]; size: number; unpackedSize: number; filename: string}

beforeAll(() => {
  const text = npm('pack', '--json', '--ignore-scripts', '--pack-destination', cli.home)
  const [first] = JSON.parse(text) as (typeof packed)[]
  if (!first) throw new Error(`npm pack said: ${text}`)
  packed = first
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error']
  npm('install', '--global', '--prefix', prefix, ...quiet, join(cli.home, packed.filename))
}, SLOW)
afterAll(() => cli[Symbol.asyncDispose]())

/** With the user's own npm settings and cache, and the Node that runs the tests. */
function npm(...args: string[]): string {
  const env = {...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`}
  const {status, stdout, stderr} = spawnSync('npm', args, {cwd: repository, env, encoding: 'utf8', maxBuffer: 2 ** 26, timeout: 180_000})
  if (status !== 0) throw new Error(`npm ${args[0]} ended with ${status}: ${stderr}`)
  return stdout
}

function aurora(...args: string[]): Ended {
  const {status, signal, stdout, stderr} = spawnSync(join(prefix, 'bin/aurora'), args, {
    cwd: cli.home,
    env: {...cli.env, PATH: bothNodes},
    input: '',
    encoding: 'utf8',
  })
  return {code: status, signal, stdout, stderr}
}

describe('the tarball', () => {
  it('has what runs, and nothing else', () => {
    const paths = packed.files.map(({path}) => path)
    console.log(
      `tarball: ${(packed.size / 1e6).toFixed(1)} MB packed, ${(packed.unpackedSize / 1e6).toFixed(1)} MB unpacked, ${paths.length} files`,
    )
    const needed = ['bin/aurora', 'bin/run.js', 'dist/main.js', 'dist/catalogue.json', 'dist/help/80.json', 'dist/python/python.memory']
    const children = ['javascript', 'python', 'local-daemon'].map((name) => `dist/children/${name}.js`)
    expect(paths).toEqual(expect.arrayContaining([...needed, ...children, 'docs/examples/hello_world.aurora', 'README.md']))
    const foreign = paths.filter((path) =>
      /(^|\/)node_modules\/|^(?!docs\/examples\/)((.*\/)?(tests?|scripts|src)\/|.*(?<!\.d)\.ts$)|\.map$|\.tgz$/.test(path),
    )
    expect(foreign).toEqual([])
  })

  it('has every file that its exports name, but for types', () => {
    const exported = spawnSync(process.execPath, ['-p', 'JSON.stringify(require("./package.json").exports)'], {
      cwd: installed,
      encoding: 'utf8',
    })
    const targets = [...exported.stdout.matchAll(/"(?:default|\.\/package\.json)":"\.\/([^"]+)"/g)].map(([, path = '']) => path)
    expect(targets.length).toBeGreaterThan(3)
    expect(targets.filter((path) => !existsSync(join(installed, path)))).toEqual([])
  })
})

describe('the installed client, an old Node being first on the PATH', () => {
  it('says its version and its help', () => {
    expect(aurora('--version')).toMatchObject({code: 0, stdout: expect.stringMatching(/^@auroractl\/cli\/\d+\.\d+\.\d+ \S+ node-v\d+/)})
    expect(aurora('--help')).toMatchObject({code: 0, stdout: expect.stringMatching(/^ {2}job +\S/m), stderr: ''})
  })

  it('has the commands of all its plugins', () => {
    const {code, stdout} = aurora('--help')
    expect(code).toBe(0)
    for (const name of ['config', 'hooks', 'job', 'local', 'plugins', 'autocomplete', 'help', 'version'])
      expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'))
  })

  it('has help at -h when plugins are installed, too', () => {
    expect(aurora('plugins', 'link', join(installed, 'docs/examples/no-prod-kill'))).toMatchObject({code: 0})
    expect(aurora('-h')).toMatchObject({code: 0, stdout: aurora('--help').stdout, stderr: ''})
  })

  it('evaluates a configuration', () => {
    const file = join(installed, 'docs/examples/hello_world.aurora')
    expect(aurora('config', 'list', file)).toMatchObject({code: 0, stdout: expect.stringMatching(/^jobs=\[devcluster\//)})
  })

  it('runs a job on a local cluster, and asks a hook', {timeout: SLOW}, () => {
    const file = join(cli.home, 'jobs.aurora')
    writeFileSync(
      file,
      `import getpass
jobs = [Service(cluster = 'devcluster', role = getpass.getuser(), environment = 'devel', name = 'hello_world', task = SequentialTask(
  processes = [Process(name = 'hello', cmdline = 'while true; do echo hello; sleep 1; done')],
  resources = Resources(cpu = 0.1, ram = 16*MB, disk = 16*MB)))]
`,
    )
    expect(aurora('local', 'start')).toMatchObject({code: 0})
    const created = aurora('job', 'create', key, file, '--wait-until', 'RUNNING')
    expect(created).toMatchObject({code: 0, stdout: expect.stringContaining('Job create succeeded')})
    expect(aurora('plugins', 'link', join(installed, 'docs/examples/no-prod-kill'))).toMatchObject({code: 0})
    const denied = aurora('job', 'kill', `${key.replace('devel', 'prod')}/0`)
    expect(denied).toMatchObject({code: 4, stderr: expect.stringMatching(/no-prod-kill.*A question needs a terminal/)})
    expect(aurora('job', 'killall', key)).toMatchObject({code: 0})
    expect(aurora('local', 'stop')).toMatchObject({code: 0, stdout: expect.stringContaining('has stopped')})
  })
})

const found = FIXED_PLACES.filter((path) => majorOf(path) >= 24)
it.skipIf(found.length > 0)(
  `says how to get Node 24 when there is none${found.length > 0 ? ` (this machine has ${found[0]})` : ''}`,
  () => {
    const tools = join(cli.home, 'tools')
    mkdirSync(tools)
    for (const tool of ['sh', 'dirname', 'readlink', 'cat']) {
      symlinkSync(spawnSync('/bin/sh', ['-c', `command -v ${tool}`], {encoding: 'utf8'}).stdout.trim(), join(tools, tool))
    }
    const env = {...cli.env, PATH: [oldNodeStandIn(), tools].join(delimiter)}
    const {status, stdout, stderr} = spawnSync(join(prefix, 'bin/aurora'), ['--version'], {env, encoding: 'utf8'})
    expect({status, stdout}).toEqual({status: 1, stdout: ''})
    expect(stderr).toContain('needs Node 24 or newer')
    expect(stderr).toContain('npm install --global node@24')
  },
)

function majorOf(node: string): number {
  const {status, stdout} = spawnSync(node, ['--version'], {encoding: 'utf8'})
  return status === 0 ? Number(/^v(\d+)/.exec(stdout)?.[1] ?? 0) : 0
}

/** A folder of the machine with a Node that is too old; where there is none, one that only says so. */
function oldNodeFolder(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => existsSync(join(folder, 'node')))
  return folders.find((folder) => majorOf(join(folder, 'node')) < 24) ?? oldNodeStandIn()
}

function oldNodeStandIn(): string {
  const folder = join(cli.home, 'old-node')
  mkdirSync(folder, {recursive: true})
  writeFileSync(join(folder, 'node'), '#!/bin/sh\necho v20.19.0\n')
  chmodSync(join(folder, 'node'), 0o755)
  return folder
}

function optNodes(): string[] {
  const folders = existsSync('/opt') ? readdirSync('/opt').filter((name) => name.startsWith('node')) : []
  return folders.map((name) => `/opt/${name}/bin/node`)
}
