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
    ['imports Python', "import {x} from '../a.aurora'", /only TypeScript, JavaScript and JSON can be imported/],
    ['never ends', 'while (true) {}', /did not end within 2 s/],
  ])('is told when that %s', async (_what, text, message) => {
    if (text !== undefined) write('lib/base.ts', text)
    const file = write('a.aurora', text === undefined ? "include('/etc/base.ts')" : "include('lib/base.ts')\njobs = []")
    await expect(loadConfig(file, {limitMs: 2_000})).rejects.toThrow(message)
  })
})
