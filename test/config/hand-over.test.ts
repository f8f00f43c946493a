import {describe, expect, test} from 'vitest'
import {loadConfig} from '../../src/config/load.ts'
import {checkJob} from '../../src/schema/check-job.ts'
import type {JobRecord} from '../../src/schema/job.ts'
import type {Place, StructValue} from '../../src/schema/values.ts'
import {inFolder, printed, write} from './folder.ts'

async function firstJob(source: string): Promise<JobRecord> {
  const {jobs} = await loadConfig(write('a.aurora', source))
  if (!jobs[0]) throw new Error('there is no job')
  return jobs[0]
}

function struct(value: StructValue, ...path: string[]): StructValue {
  return path.reduce((at, name) => at.fields.get(name) as StructValue, value)
}

describe('the line where a struct was written', () => {
  const at = (name: string, line: number): Place => ({file: inFolder(name), line})

  test('is that of the innermost file of the user', async () => {
    write('lib.aurora', `def make(name):\n  return Job(\n    name=name, task=SimpleTask('a', 'b'))\n`)
    const job = await firstJob(`include('lib.aurora')\n\nr = Resources(cpu=1)\njobs = [make('x')(\n  environment='e').bind(a=1)]`)
    expect(job.place).toEqual(at('a.aurora', 4))
    expect(struct(job, 'task').place).toEqual(at('lib.aurora', 3))
    expect((await firstJob(`include('lib.aurora')\njobs = [make('x')]`)).place).toEqual(at('lib.aurora', 2))
  })

  test('is that of the last override, and of what dicts become', async () => {
    const job = await firstJob(`base = Job(name='x')\n\njobs = [\n  base(role='r',\n    update_config={'batch_size': 2})]`)
    expect(job.place).toEqual(at('a.aurora', 4))
    expect(struct(job, 'update_config').place).toEqual(at('a.aurora', 4))
    expect(struct(job, 'health_check_config').place).toBeUndefined()
  })

  test('is found in files of any length', async () => {
    const lines = Array.from({length: 3000}, (_, i) => `jobs.append(Job(name='j${i}'))`).join('\n')
    const {jobs} = await loadConfig(write('a.aurora', `jobs = []\n${lines}`))
    expect(jobs.map(({place}) => place?.line)).toEqual(Array.from({length: 3000}, (_, i) => i + 2))
  })
})

describe('hooks', () => {
  test('are handed over with the methods that they have', async () => {
    const source = `class One(object):\n  def pre_kill_job(self, *args): return True\nclass Two(One):\n  generic_hook = 1\nhooks = [One(), Two, Two()]\njobs = []`
    expect((await loadConfig(write('a.aurora', source))).hooks).toEqual(
      ['One', 'Two', 'Two'].map((name) => ({name, methods: ['pre_kill_job']})),
    )
    expect((await loadConfig(write('a.aurora', 'jobs = []'))).hooks).toEqual([])
  })
})

describe('warnings', () => {
  test('of the compiler come with their place', async () => {
    write('lib.aurora', 'x = 1\ny = x is 5')
    const {warnings} = await loadConfig(write('a.aurora', `include('lib.aurora')\nx = '\\d'`))
    expect(warnings.map(({message, place}) => [message.slice(0, 12), place])).toEqual([
      ['"\\d" is an i', {file: inFolder('a.aurora'), line: 2}],
      ['"is" with \'i', {file: inFolder('lib.aurora'), line: 2}],
    ])
  })

  test('of the file itself are printed', async () => {
    expect(await printed('import warnings\nwarnings.warn("careful")')).toBe(`${inFolder('a.aurora')}:2: UserWarning: careful\n`)
  })

  test('tell what a file was refused a look at, and went on without', async () => {
    const source = `import glob, mimetypes, pathlib, zoneinfo
glob.glob('/etc/*')
try: open('/etc/hosts')
except IOError: pass
list(pathlib.Path('/srv').glob('*'))
mimetypes.init()`
    const {warnings} = await loadConfig(write('a.aurora', source))
    expect(warnings.map(({message, place}) => [message.split(':')[0], place?.line])).toEqual([
      ['/etc', 2],
      ['/etc/hosts', 3],
      ['/srv/', 5],
    ])
    expect(warnings[0]?.message).toContain('AURORA_READ_ROOTS')
  })

  test('tell of fractions that whole-number fields cut off', async () => {
    const job = `Service(cluster='c', role='r', environment='devel', name='n', task=Task(processes=[Process(name='p', cmdline='c')],
      resources=Resources(cpu=1/2, ram=256*MB, disk=0.5*GB)),`
    const half = await firstJob(`jobs = [${job}\n  instances=5/2, update_config=UpdateConfig(batch_size=3/2))]`)
    expect(checkJob(half).warnings).toMatchObject([
      {path: 'instances', message: '2.5 is no whole number: it becomes 2.', place: {line: 1}},
      {path: 'update_config.batch_size', message: '1.5 is no whole number: it becomes 1.', place: {line: 3}},
    ])
    expect(checkJob(half).warnings[0]?.hint).toContain('5 // 2')
    expect(checkJob(await firstJob(`jobs = [${job} instances=4/2)]`)).warnings).toEqual([])
  })

  test('tell of whole numbers that a division made, unless the file means what Python 3 means', async () => {
    const job = `Service(cluster='c', role='r', environment='devel', name='n', task=Task(processes=[Process(name='p', cmdline='c')],
      resources=Resources(cpu=1/2, ram=1*GB/3, disk=0.3*GB)),`
    const warned = async (source: string): Promise<unknown> =>
      checkJob(await firstJob(source)).warnings.map(({path, message}) => [path, message])
    const said = ['instances', '5 comes from a division that is not whole: in Python 2 it was rounded down on the way.']
    expect(await warned(`jobs = [${job} instances=5/2*2)]`)).toEqual([said])
    expect(await warned(`half = 5\nhalf /= 2\njobs = [${job} instances=half+half)]`)).toEqual([said])
    expect(await warned(`from __future__ import division\njobs = [${job} instances=5/2*2)]`)).toEqual([])
    expect(await warned(`url = 'http://x/y' # a/b\njobs = [${job} instances=5//2*2)]`)).toEqual([])
    await expect(firstJob('x = 1\ny = (x + 1) / (x - 1)')).rejects.toThrow(
      /:2: ZeroDivisionError: division by zero\n.*line 2, in <module>\n +y = /,
    )
  })
})
