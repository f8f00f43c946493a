import {describe, expect, it} from 'vitest'
import {GuestException, PythonError} from '../../src/sandbox/python/errors.ts'
import {Interpreter} from '../../src/sandbox/python/interpreter.ts'
import type {InterpreterOptions} from '../../src/sandbox/python/interpreter.ts'
import {testImage} from './python-image.ts'

const prelude = {
  name: 'sums',
  source: `
import aurora_host
def add(a, b):
    return a + b
def include(path):
    aurora_host.execute(aurora_host.call('read', path), path, {})
`,
}
const image = testImage(prelude)

function boot(options: Partial<InterpreterOptions> = {}) {
  const printed = {stdout: '', stderr: ''}
  const output = (stream: 'stdout' | 'stderr', bytes: Uint8Array): void => void (printed[stream] += Buffer.from(bytes).toString())
  return {python: new Interpreter({image, output, ...options}), printed}
}

function failure(run: () => void): PythonError['details'] {
  try {
    run()
  } catch (error) {
    if (error instanceof PythonError) return error.details
    throw error
  }
  throw new Error('expected a Python exception')
}

describe('the Python interpreter', () => {
  it('runs a source and gives what it prints', () => {
    const {python, printed} = boot()
    python.run('import sys\nprint(1 + 1, "é😀", __file__)\nprint("oh", file=sys.stderr)', 'hello.aurora')
    expect(printed).toEqual({stdout: '2 é😀 hello.aurora\n', stderr: 'oh\n'})
  })

  it('calls functions of preludes with plain data', () => {
    const {python} = boot()
    expect(python.call('sums', 'add', [1], ['é'])).toEqual([1, 'é'])
    expect(() => python.call('sums', 'add', 1, 'x')).toThrow(/TypeError: unsupported operand/)
    expect(() => python.call('sums', 'subtract')).toThrow(/AttributeError/)
  })

  it('lets Python call the host', () => {
    const host = {
      upper: (text: unknown) => String(text).toUpperCase(),
      refuse: () => {
        throw new GuestException('KeyError', 'no such thing')
      },
      fail: () => {
        throw new Error('broken')
      },
    }
    const {python, printed} = boot({host})
    python.run(
      `from aurora_host import call, HostError
print(call('upper', 'abc'), len(call('upper', 'x' * 200000)), call('upper', 'y' * 65523).count('Y'))
for name in ('refuse', 'fail', 'unknown', 'toString', '__proto__'):
    try: call(name)
    except Exception as error: print(type(error).__name__, error)`,
      'hello.aurora',
    )
    expect(printed.stdout.split('\n')).toEqual([
      'ABC 200000 65523',
      "KeyError 'no such thing'",
      'HostError broken',
      "NameError the host has no function 'unknown'",
      "NameError the host has no function 'toString'",
      "NameError the host has no function '__proto__'",
      '',
    ])
  })

  it('shows an exception as Python does, with the lines of every file and without our own frames', () => {
    const {python} = boot({host: {read: () => 'x = 1\ny = x / 0\n'}})
    const details = failure(() => python.run('import sums\ndef f():\n  sums.include("b.aurora")\nf()', 'hello.aurora'))
    expect(details).toEqual({
      type: 'ZeroDivisionError',
      message: 'division by zero',
      traceback: `Traceback (most recent call last):
  File "hello.aurora", line 4, in <module>
    f()
    ~^^
  File "hello.aurora", line 3, in f
    sums.include("b.aurora")
    ~~~~~~~~~~~~^^^^^^^^^^^^
  File "b.aurora", line 2, in <module>
    y = x / 0
        ~~^~~
ZeroDivisionError: division by zero
`,
      frames: [
        {file: 'hello.aurora', line: 4, function: '<module>', source: 'f()'},
        {file: 'hello.aurora', line: 3, function: 'f', source: 'sums.include("b.aurora")'},
        {file: 'b.aurora', line: 2, function: '<module>', source: 'y = x / 0'},
      ],
    })
  })

  it('believes nothing of a forged exception but its shape', () => {
    const {python} = boot()
    const forge =
      'import aurora_host\naurora_host.call("@done", False, {"type": [], "frames": [5, {"file": "x"}]})\naurora_host.os.write = print'
    expect(failure(() => python.run(forge, 'hello.aurora'))).toEqual({type: 'Exception', message: '', traceback: '', frames: []})
  })

  it('shows no colours, and prints line by line', () => {
    const {python, printed} = boot({host: {seen: () => printed.stdout}})
    python.run('import sys, aurora_host\nprint("a")\nprint(repr(aurora_host.call("seen")), sys.stdout.isatty())', 'hello.aurora')
    expect(printed.stdout).toBe("a\n'a\\n' False\n")
  })

  it('shows a syntax error as Python does', () => {
    const {python} = boot()
    expect(failure(() => python.run('x = (1\ny', 'hello.aurora'))).toEqual({
      type: 'SyntaxError',
      message: "'(' was never closed",
      traceback: `  File "hello.aurora", line 1
    x = (1
        ^
SyntaxError: '(' was never closed
`,
      frames: [{file: 'hello.aurora', line: 1, function: '<module>', source: 'x = (1'}],
    })
  })

  it('has the environment and the arguments that it is given, and nothing else', () => {
    const {python, printed} = boot({environment: {USER: 'joe'}, args: ['aurora', '-x']})
    python.run('import os, sys, getpass\nprint(dict(os.environ), sys.argv, getpass.getuser(), os.listdir("/"))', 'hello.aurora')
    expect(printed.stdout).toBe("{'USER': 'joe'} ['aurora', '-x'] joe ['lib', 'tmp', 'home', 'dev']\n")
  })

  it('draws other random numbers in every interpreter', () => {
    const draw = 'import random, uuid, os\nprint(random.random(), uuid.uuid4(), os.urandom(8))'
    const [one, other] = [boot(), boot()]
    one.python.run(draw, 'a')
    other.python.run(draw, 'a')
    expect(one.printed.stdout).not.toBe(other.printed.stdout)
  })

  it('reads an empty standard input, and imports modules that are not in the image', () => {
    const {python, printed} = boot()
    expect(failure(() => python.run('input()', 'hello.aurora')).type).toBe('EOFError')
    python.run('import csv, sys\nprint(csv.__name__, repr(sys.stdin.read()))', 'hello.aurora')
    expect(printed.stdout).toBe("csv ''\n")
  })
})
