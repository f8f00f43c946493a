import {createHash} from 'node:crypto'
import {rmSync, symlinkSync, utimesSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {type InputOptions, InputReader} from '../../src/config/input-reader.ts'
import type {Inputs} from '../../src/config/inputs.ts'
import {loadConfig} from '../../src/config/load.ts'
import {inFolder, write} from './folder.ts'

const env = {HOME: '/home/jane', USER: 'jane', PROFILE: 'blue'}

async function inputsOf(source: string): Promise<Inputs> {
  return (await loadConfig(write('a.aurora', source), {env})).inputs
}

/** Whether the result of a.aurora could be used again. */
async function stillFound(inputs: Inputs, options: InputOptions = {env}): Promise<boolean> {
  return (await InputReader.open(inFolder('a.aurora'), options)).finds(inputs)
}

describe('the inputs of an evaluation', () => {
  test('are nothing but the file, if it looks at nothing else', async () => {
    const source =
      'import collections, getpass, hashlib, json, logging, os.path, random, re, string, tempfile, time, uuid\nrandom.seed(1)\nrandom.random()'
    const inputs = await inputsOf(source)
    const sum = createHash('sha256').update(source).digest('hex')
    expect(inputs).toEqual({
      files: new Map([[inFolder('a.aurora'), sum]]),
      looks: new Map(),
      salt: expect.any(String) as string,
      variables: new Map(),
      time: false,
      random: false,
    })
    expect(await stillFound(inputs, {env: {}})).toBe(true)
    write('a.aurora', `${source}\n`)
    expect(await stillFound(inputs)).toBe(false)
  })

  test.each([
    ['os.environ["PROFILE"]', {PROFILE: 'red'}],
    ['os.getenv("PROFILE")', {PROFILE: undefined}],
    ['"OTHER" in os.environ', {OTHER: ''}],
    ['os.path.expandvars("$PROFILE")', {PROFILE: 'red'}],
    ['os.path.expanduser("~/x")', {HOME: '/home/joe'}],
    ['getpass.getuser()', {USER: 'joe'}],
    ['os.environ.copy()', {OTHER: 'x'}],
    ['len(os.environ)', {OTHER: 'x'}],
    ['str(os.environ)', {OTHER: 'x'}],
  ])('are the variables it looks at: %s', async (expression, change) => {
    const inputs = await inputsOf(`import os, getpass\n${expression}`)
    expect(JSON.stringify([...inputs.variables, inputs.environment])).not.toContain('blue')
    expect(await stillFound(inputs)).toBe(true)
    expect(await stillFound(inputs, {env: {...env, ...change}})).toBe(false)
  })

  test.each([
    ['a file that it reads', 'open(f("data")).read()', () => write('data', 'changed')],
    ['a file that it includes', 'include("data")', () => write('data', 'changed = 1')],
    ['a file that was missing', 'os.path.exists(f("more"))', () => write('more', '')],
    ['a file that is gone', 'os.path.isfile(f("data"))', () => rmSync(inFolder('data'))],
    ['a file that is missing where it was included', 'try: include("more")\nexcept IOError: pass', () => write('more', '')],
    ['the names in a folder', 'glob.glob(f("sub/*"))', () => write('sub/c', '')],
    ['the files below', '[files for _, _, files in os.walk(f("sub"))]', () => write('sub/deep/c', '')],
    ['the time of a change', 'os.path.getmtime(f("data"))', () => utimesSync(inFolder('data'), 1, 1)],
    ['where a link leads', 'os.readlink(f("link"))', () => link('sub')],
    ['a file behind a link', 'open(f("link")).read()', () => link('other')],
    ['an included file behind a link', 'include("link")', () => link('sub/data')],
    ['a module', 'sys.path.append(f(""))\nimport helper', () => write('helper.py', 'x = 222')],
  ])('are the files it looks at: %s', async (_, source, change) => {
    for (const name of ['data', 'other', 'sub/data', 'sub/deep/data', 'helper.py'])
      write(name, `name = ${JSON.stringify(name === 'other' ? name : 'same')}`)
    link('data')
    const head = `import glob, os, sys\ndef f(name): return os.path.join(${JSON.stringify(inFolder(''))}, name)\n`
    const inputs = await inputsOf(head + source)
    expect(await stillFound(inputs)).toBe(true)
    change()
    expect(await stillFound(inputs)).toBe(false)
  })

  test('are the folders that may be read, where one was refused', async () => {
    const inputs = await inputsOf('try: open("/etc/hostname")\nexcept IOError: pass')
    expect(await stillFound(inputs)).toBe(true)
    expect(await stillFound(inputs, {env, readable: ['/etc']})).toBe(false)
  })

  test.each(['time.time()', 'datetime.datetime.now()', 'time.localtime()', 'datetime.date.today()', 'time.strftime("%H")'])(
    'are the time: %s',
    async (expression) => {
      const inputs = await inputsOf(`import datetime, time\n${expression}`)
      expect(inputs).toMatchObject({time: true, random: false})
      expect(await stillFound(inputs)).toBe(false)
    },
  )

  test.each([
    'random.random()',
    'random.choice("ab")',
    'random.Random().random()',
    'uuid.uuid4()',
    'os.urandom(1)',
    'random.getstate()',
    'random.gauss()',
  ])('are lots: %s', async (expression) => {
    const inputs = await inputsOf(`import os, random, uuid\n${expression}`)
    expect(inputs).toMatchObject({time: false, random: true})
    expect(await stillFound(inputs)).toBe(false)
  })

  test.each(['os.getcwd()', 'os.path.abspath("x")', 'os.path.exists("x")'])('are the current directory: %s', async (expression) => {
    const options = {env, readable: [process.cwd()]}
    const {inputs} = await loadConfig(write('a.aurora', `import os\n${expression}`), options)
    expect(inputs.directory).toBe(process.cwd())
    expect(await stillFound(inputs, options)).toBe(true)
    expect(await stillFound({...inputs, directory: '/elsewhere'}, options)).toBe(false)
  })
})

function link(target: string): void {
  rmSync(inFolder('link'), {force: true})
  symlinkSync(target, inFolder('link'))
}
