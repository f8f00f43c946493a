import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {loadConfig} from '../../src/config/load.ts'
import {resolveJob} from '../../src/schema/job.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aurora-include-'))
})
afterEach(() => rmSync(folder, {recursive: true}))

function write(name: string, text: string): string {
  const file = join(folder, name)
  mkdirSync(dirname(file), {recursive: true})
  writeFileSync(file, text)
  return file
}

const BASE = `
import {MB, bind, env, process, resources, service} from '@auroractl/cli/config'
import {role} from './role.ts'
export const install = process({name: 'install', cmdline: 'curl {{url}}', max_failures: '{{n}}'})
export const roles = ['a', env('WHO', 'b'), 2, 2.5]
export const settings = {cpu: 1, nested: {a: null}}
export const template = bind(service({cluster: 'c', role, environment: 'e', lifecycle: null, task: {processes: [install], resources: resources({cpu: 1, ram: MB, disk: MB})}}), {url: 'http://x', n: 3})
export function helper() {}
`

describe('a Python configuration that includes TypeScript', () => {
  test('gets what it exports as objects of its own, and depends on all that was read', async () => {
    write('lib/base.ts', BASE)
    write('lib/role.ts', "export const role: string = 'www'")
    const file = write(
      'a.aurora',
      `
include('lib/base.ts')
assert isinstance(install, Process) and str(install.name()) == 'install'
assert not template.has_lifecycle() and settings == {'cpu': 1, 'nested': {'a': None}} and roles == ['a', 'me', 2, 2.5]
assert 'helper' not in globals()
jobs = [template(name='n', contact=roles[1]), template(name='m').bind(url='other')]`,
    )
    const {jobs, inputs} = await loadConfig(file, {env: {WHO: 'me'}})
    const [one, other] = jobs.map((job) => resolveJob(job).job)
    expect(one).toMatchObject({role: 'www', contact: 'me', service: true, task: {processes: [{cmdline: 'curl http://x', max_failures: 3}]}})
    expect(other?.task.processes?.[0]?.cmdline).toBe('curl other')
    expect([...inputs.files.keys()].map((name) => name.slice(folder.length + 1)).toSorted()).toEqual([
      'a.aurora',
      'lib/base.ts',
      'lib/role.ts',
    ])
    expect(inputs.variables.has('WHO')).toBe(true)
  })

  test.each([
    ['fails', 'null.x', /include\('lib\/base\.ts'\)[^]*ValueError: .*lib\/base\.ts:1: Cannot read properties of null/],
    ['is outside of its project', undefined, /Permission denied/],
    ['includes the file that includes it', "import {x} from '../a.aurora'", /a\.aurora includes itself/],
    ['imports YAML', "import x from '../a.yaml'", /cannot import .*a\.yaml/],
    ['never ends', 'while (true) {}', /did not end within 2 s/],
  ])('is told when that %s', async (_what, text, message) => {
    if (text !== undefined) write('lib/base.ts', text)
    write('a.yaml', 'jobs: []')
    const file = write('a.aurora', text === undefined ? "include('/etc/base.ts')" : "include('lib/base.ts')\njobs = []")
    await expect(loadConfig(file, {limitMs: 2_000})).rejects.toThrow(message)
  })
})

describe('a TypeScript configuration that imports Python', () => {
  test('gets the values that it defines: structs with what is bound to them, and data', async () => {
    write(
      'lib/base.aurora',
      `
include('names.aurora')
class Profile(Struct):
  cpu = Default(Float, 0.5)
PROFILE = Profile()
hello = Process(name='hello', cmdline='echo {{greeting}} {{name}}')
base = Service(cluster='c', role='r', environment='e', lifecycle=Empty, contact='{{profile.cpu}}',
  task=Task(processes=[hello], resources=Resources(cpu='{{profile.cpu}}', ram=MB, disk=MB))).bind(greeting='hi').bind(profile=PROFILE)
def helper(): pass
`,
    )
    write('lib/names.aurora', "import os\nHALVES = [5 / 2, 4 / 2]\nNAMES = ['a', 'b' + os.environ['WHO']]")
    const file = write(
      'a.ts',
      `import {HALVES, NAMES, PROFILE, base, hello} from './lib/base.aurora'
import * as python from './lib/base.aurora'
import {bind, process} from '@auroractl/cli/config'
if (HALVES.join() !== '2.5,2' || PROFILE.cpu !== 0.5 || hello.name !== 'hello' || 'helper' in python || 'MB' in python) throw new Error('unexpected')
export default NAMES.map((name: string) => bind({...base, name}, {greeting: 'hello'}))`,
    )
    const {jobs, inputs} = await loadConfig(file, {env: {WHO: 'me'}})
    const [one, other] = jobs.map((job) => resolveJob(job).job)
    expect(one).toMatchObject({name: 'a', contact: '0.5', task: {processes: [{cmdline: 'echo hello hello'}], resources: {cpu: 0.5}}})
    expect(one?.lifecycle).toBeUndefined()
    expect(other?.name).toBe('bme')
    expect([...inputs.files.keys()].map((name) => name.slice(folder.length + 1)).toSorted()).toEqual([
      'a.ts',
      'lib/base.aurora',
      'lib/names.aurora',
    ])
    expect(inputs.variables.has('WHO')).toBe(true)
  })

  test.each([
    ['fails', 'x = 1\n1/0', /base\.aurora:2: ZeroDivisionError|line 2[^]*ZeroDivisionError/],
    ['includes the file that imports it', "include('a.ts')", /a\.ts includes itself/],
    ['lacks the name', 'y = 1', /does not provide an export named 'x'/],
  ])('is told when that %s', async (_what, text, message) => {
    write('base.aurora', text)
    const file = write('a.ts', "import {x} from './base.aurora'\nexport default []")
    await expect(loadConfig(file)).rejects.toThrow(message)
  })
})
