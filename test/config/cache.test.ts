import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import type {CacheOptions} from '../../src/config/cache.ts'
import {type LoadOptions, type LoadedConfig, loadConfig, prepareConfig} from '../../src/config/load.ts'
import {listJobs} from '../../src/config/keys.ts'
import {selectJob} from '../../src/config/select.ts'
import {parseJobKey} from '../../src/model/job-key.ts'
import {inFolder, refusal, write} from './folder.ts'

let home: string
let log: string[]
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'aurora-cache-'))
  log = []
})
afterEach(() => {
  rmSync(home, {recursive: true})
})

const cacheIn = (folder: string, version = '1'): CacheOptions => ({folder, version, log: (text) => log.push(text)})
const entries = (): string[] => readdirSync(join(home, 'config')).map((name) => join(home, 'config', name))

function load(file: string, options: LoadOptions = {}): Promise<LoadedConfig> {
  return loadConfig(file, {env: {}, cache: cacheIn(join(home, 'config')), ...options})
}

/** Loads a file and tells whether it came from the cache: then no child is started, and no image needed. */
async function hits(file: string, options: LoadOptions = {}): Promise<boolean> {
  log = []
  await load(file, options)
  return log.some((line) => line.endsWith(': from the cache'))
}

const job = (name: string): string =>
  `Job(cluster='c', role='r', environment='e', name=${name}, task=SimpleTask('t', 'echo {{x}}'), contact='{{y}}')`

describe('an evaluation is kept', () => {
  test('and found while nothing changes: no Python is started', async () => {
    const source = `include('lib/b.aurora')\ntry: open('/etc/x')\nexcept IOError: pass\nprint('reading')\nclass H(object): pass\nhooks = [H()]\njobs = [${job('NAME')}]`
    const file = write('a.aurora', source)
    write('lib/b.aurora', `NAME = 'from-b'`)
    const printed: string[] = []
    const options = {onOutput: (text: string) => printed.push(text)}
    const first = await load(file, options)
    const again = await load(file, {...options, image: '/nowhere'})
    expect(log.at(-1)).toBe(`${file}: from the cache`)
    expect(again).toEqual(first)
    expect(again).toMatchObject({
      hooks: [{name: 'H', methods: []}],
      warnings: [{message: expect.stringContaining('/etc/x: Permission denied') as string}],
    })
    expect(listJobs(again)).toEqual(['c/r/e/from-b'])
    expect(printed).toEqual(['reading\n', 'reading\n'])
  })

  test('without the bindings of the command line', async () => {
    const file = write('a.aurora', `jobs = [${job("'n'")}.bind(y='me')]`)
    const cmdline = async (x: string) =>
      selectJob(await load(file), parseJobKey('c/r/e/n'), [
        ['x', x],
        ['y', x],
      ])
    expect(await cmdline('1')).toMatchObject({contact: '1', task: {processes: [{cmdline: 'echo 1'}]}})
    expect(await cmdline('2')).toMatchObject({contact: '2', task: {processes: [{cmdline: 'echo 2'}]}})
    expect(log.at(-1)).toBe(`${file}: from the cache`)
  })

  test('for the user alone, and without the values of the environment', async () => {
    const file = write('a.aurora', 'import os\nassert os.environ["TOKEN"]\njobs = []')
    await load(file, {env: {TOKEN: 'h3tero'}})
    const [entry = ''] = entries()
    expect(statSync(join(home, 'config')).mode & 0o777).toBe(0o700)
    expect(statSync(entry).mode & 0o777).toBe(0o600)
    expect(readFileSync(entry, 'utf8')).toContain('TOKEN')
    expect(readFileSync(entry, 'utf8')).not.toContain('h3tero')
  })

  test.each([
    ['data.yaml', 'jobs: []'],
    ['data.json', '{"jobs": []}'],
    ['a.aurora.ts', 'export const jobs: never[] = []'],
  ])('whatever its syntax: %s', async (name, text) => {
    const file = write(name, text)
    expect([await hits(file), await hits(file)]).toEqual([false, true])
    write(name, `${text} `)
    expect(await hits(file)).toBe(false)
  })

  test('by several processes at once', async () => {
    const file = write('a.aurora', `jobs = [${job("'n'")}]`)
    const all = await Promise.all(Array.from({length: 4}, () => load(file)))
    expect(all.map((config) => listJobs(config))).toEqual(Array.from({length: 4}, () => ['c/r/e/n']))
    expect(entries()).toHaveLength(1)
    expect(await hits(file)).toBe(true)
  })

  test('and looked for before it is loaded', async () => {
    const file = write('a.aurora', `print('hello')\njobs = []`)
    const cache = cacheIn(join(home, 'config'))
    expect(await prepareConfig(file, {env: {}, cache})).toBeNull()
    await load(file, {kept: null})
    const kept = await prepareConfig(file, {env: {}, cache})
    expect(kept).toMatchObject({output: 'hello\n', config: {file, jobs: []}})
    expect(await prepareConfig(inFolder('missing'), {env: {}, cache})).toBeNull()
  })
})

describe('an evaluation is not found again', () => {
  const using = 'import os\n'
  const changes: Record<
    string,
    {name?: string; source: string; files?: Record<string, string>; change: () => unknown; options?: LoadOptions}
  > = {
    'with another text': {source: 'jobs = []', change: () => write('a.aurora', 'jobs = [] #')},
    'with another include': {source: `include('b')\njobs = []`, files: {b: ''}, change: () => write('b', '#')},
    'with an include of an include changed': {
      source: `include('b')\njobs = []`,
      files: {b: `include('sub/c')`, 'sub/c': ''},
      change: () => write('sub/c', '#'),
    },
    'when an include leads elsewhere': {
      source: `include('b')\njobs = []`,
      files: {'one/b': '', 'two/b': ''},
      change: () => (rmSync(inFolder('b')), symlinkSync(inFolder('two/b'), inFolder('b'))),
    },
    'when what was missing is there': {
      source: `try:\n  include('c')\nexcept IOError:\n  pass\njobs = []`,
      change: () => write('c', ''),
    },
    'when a folder that it listed has one file more': {
      source: `${using}os.listdir('.')\njobs = []`,
      change: () => write('more', ''),
    },
    'with another value of a variable': {source: `${using}os.environ.get('V')\njobs = []`, change: () => {}, options: {env: {V: '2'}}},
    'without a variable': {source: `${using}os.environ.get('V')\njobs = []`, change: () => {}, options: {env: {}}},
    'with a variable that was not set': {
      source: `${using}os.environ.get('W')\njobs = []`,
      change: () => {},
      options: {env: {V: '1', W: ''}},
    },
    'with a variable more, when it saw them all': {
      source: `${using}sorted(os.environ)\njobs = []`,
      change: () => {},
      options: {env: {V: '1', MORE: ''}},
    },
    'with more to read': {source: 'jobs = []', change: () => {}, options: {readable: ['/usr']}},
    'with other roots': {source: 'jobs = []', change: () => {}, options: {roots: ['/']}},
    'by another version': {source: 'jobs = []', change: () => {}, options: {version: '2'} as LoadOptions},
    'when a module that it imports changed': {
      name: 'a.aurora.ts',
      source: `import './b.ts'\nexport const jobs: never[] = []`,
      files: {'b.ts': ''},
      change: () => write('b.ts', '//'),
    },
    'after it looked at the time, in TypeScript': {
      name: 'a.aurora.ts',
      source: 'Date.now()\nexport const jobs: never[] = []',
      change: () => {},
    },
    'after it looked at the time': {source: 'import time\ntime.time()\njobs = []', change: () => {}},
    'after it drew lots': {source: 'import random\nrandom.random()\njobs = []', change: () => {}},
  }

  test.each(Object.entries(changes))('%s', async (_name, {name: main = 'a.aurora', source, files = {}, change, options = {}}) => {
    for (const [name, text] of Object.entries(files)) write(name, text)
    if ('one/b' in files) symlinkSync(inFolder('one/b'), inFolder('b'))
    const file = write(main, source)
    const env = {V: '1'}
    const {version = '1', ...others} = options as LoadOptions & {version?: string}
    const before = process.cwd()
    process.chdir(inFolder('.'))
    try {
      // What looks at the time or at chance is never kept.
      const keeps = !/^(import (time|random)|Date)/.test(source)
      expect([await hits(file, {env}), await hits(file, {env})]).toEqual([false, keeps])
      change()
      expect(await hits(file, {env, cache: cacheIn(join(home, 'config'), version), ...others})).toBe(false)
    } finally {
      process.chdir(before)
    }
  })

  test('from another folder', async () => {
    const file = write('sub/a.aurora', 'jobs = []')
    const before = process.cwd()
    expect([await hits(file), await hits(file)]).toEqual([false, true])
    process.chdir(inFolder('sub'))
    try {
      expect(await hits(file)).toBe(false)
    } finally {
      process.chdir(before)
    }
  })

  test('when it failed', async () => {
    const file = write('a.aurora', 'print("so")\n1 / 0')
    const options = {env: {}, cache: cacheIn(join(home, 'config'))}
    expect((await refusal(file, options)).message).toContain('ZeroDivisionError')
    expect((await refusal(file, options)).message).toContain('ZeroDivisionError')
    expect(log).toEqual([`${file}: not in the cache`, `${file}: not in the cache`])
  })
})

describe('an entry is ignored and replaced', () => {
  const ways: Record<string, (entry: string) => void> = {
    'when it is cut short': (entry) => truncateSync(entry, 100),
    'when it is empty': (entry) => truncateSync(entry, 0),
    'when a letter of it changed': (entry) => writeFileSync(entry, readFileSync(entry, 'latin1').replace('"n"', '"m"'), 'latin1'),
    'when others may write it': (entry) => chmodSync(entry, 0o666),
    'when it is a link': (entry) => {
      writeFileSync(join(home, 'elsewhere'), readFileSync(entry))
      rmSync(entry)
      symlinkSync(join(home, 'elsewhere'), entry)
    },
    'when it is too large': (entry) => truncateSync(entry, 33 << 20),
  }

  test.each(Object.entries(ways))('%s', async (_name, spoil) => {
    const file = write('a.aurora', `jobs = [${job("'n'")}]`)
    await load(file)
    const [entry = ''] = entries()
    spoil(entry)
    expect(await hits(file)).toBe(false)
    expect(listJobs(await load(file))).toEqual(['c/r/e/n'])
    expect(log.at(-1)).toBe(`${file}: from the cache`)
  })

  test('when it holds what is no record, though it is whole', async () => {
    const file = write('a.aurora', `jobs = [${job("'n'")}]`)
    await load(file)
    const [entry = ''] = entries()
    const {hash} = await import('node:crypto')
    for (const spoil of [
      (text: string) => text.replace('"jobs":[', '"jobs":[99,'),
      (text: string) => text.replace('"warnings"', '"w"'),
      (text: string) => text.replace('"looks":[', '"looks":[["{",""],'),
    ]) {
      const text = spoil(readFileSync(entry, 'utf8').split('\n')[1] ?? '')
      writeFileSync(entry, `${hash('sha256', text)}\n${text}`)
      expect(listJobs(await load(file))).toEqual(['c/r/e/n'])
    }
  })
})

describe('a cache', () => {
  test('that cannot be written is done without', async () => {
    writeFileSync(join(home, 'file'), '')
    const file = write('a.aurora', `jobs = [${job("'n'")}]`)
    const options = {cache: cacheIn(join(home, 'file/config'))}
    expect([await hits(file, options), await hits(file, options)]).toEqual([false, false])
    expect(log.at(-1)).toMatch(/: not kept: ENOTDIR/)
  })

  test('that others may write is not trusted', async () => {
    const file = write('a.aurora', 'jobs = []')
    await load(file)
    chmodSync(join(home, 'config'), 0o777)
    expect(await hits(file)).toBe(false)
    expect(log.at(-1)).toContain('not kept: ')
  })

  test('forgets what was not used for the longest time', async () => {
    const [first = '', second = ''] = ['a', 'b'].map((name) => write(`${name}.json`, '{"jobs": []}'))
    mkdirSync(join(home, 'config'))
    for (const file of [first, second]) await load(file)
    for (const [i, entry] of entries().entries()) utimesSync(entry, 1000, 1000 + i)
    expect(await hits(first)).toBe(true)
    for (let i = 0; i < 199; i++) writeFileSync(join(home, 'config', `other-${i}`), '', {mode: 0o600})
    await load(write('c.json', '{"jobs": []}'))
    expect(entries()).toHaveLength(200)
    expect(await hits(second)).toBe(false)
  })
})
