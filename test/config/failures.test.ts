import {describe, expect, test} from 'vitest'
import {checkConfig} from '../../src/config/check.ts'
import {loadConfig} from '../../src/config/load.ts'
import {printed, refusal, write} from './folder.ts'

describe('a failure names its place first, then shows the way there through the files of the user', () => {
  test.each([
    ['an unknown field', 'Process(foo=1)', 'AttributeError: Unknown schema attribute foo', 'Process has cmdline, name, resources, '],
    ['a misspelt field', 'Process(nme="x")', 'AttributeError: Unknown schema attribute nme', "Did you mean: 'name'?"],
    ['an abbreviated field', 'Job(env="x")', 'AttributeError: Unknown schema attribute env', "Did you mean: 'environment'?"],
    [
      'a field of the past',
      'Job(cron_policy="x")',
      'AttributeError: Unknown schema attribute cron_policy',
      'now it is cron_collision_policy',
    ],
    [
      'a field of the past with no successor',
      'UpdateConfig(restart_threshold=5)',
      'AttributeError: Unknown schema attribute restart_threshold',
      'leave it out',
    ],
    ['a misspelt struct', 'Proces()', "NameError: name 'Proces' is not defined", "Did you mean: 'Process'?"],
    ['a missing include', 'include("nope")', "FileNotFoundError: [Errno 2] No such file or directory: 'nope'", ''],
    ['a wrong include', 'include(5)', 'TypeError: include() takes the path of a file, got 5', ''],
    ['a bad value', 'Mode("XX")', 'ValueError: Enum_RO_RW only accepts the following values: RO, RW', ''],
    ['a bad reference', 'Ref.from_address("a-b c")', 'InvalidRefError: Badly formed address .a-b c', ''],
  ])('%s', async (_, line, summary, more) => {
    const file = write('a.aurora', `x = 1\ndef f():\n  ${line}\nf()\n`)
    const {message} = await refusal(file)
    expect(message.split('\n')[0]).toBe(`${file}:3: ${summary}`)
    expect(message).toContain(`  File "${file}", line 4, in <module>\n    f()\n`)
    expect(message).toContain(`  File "${file}", line 3, in f\n    ${line}\n`)
    expect(message).toContain(more)
    expect(message).not.toMatch(/aurora_|<aurora|<frozen|\/lib\/python/)
  })

  test.each([
    ['x = __file__', 'include(…) goes from the file'],
    ['Resources(ram=64MB)', 'Write 64*MB.'],
    ['import os; os.environ["AURORA_TEST_NOWHERE"]', 'The environment has no variable AURORA_TEST_NOWHERE: set it'],
    ['from lib.common import x', 'sys.path.append(…)'],
    ['import pystachio.nothing', 'Of the old client there are the names of configurations alone.'],
  ])('what to do about %s', async (line, remedy) => {
    expect((await refusal(write('a.aurora', line))).remedy).toContain(remedy)
  })

  test.each([
    ['jobs = 1234', 'jobs must be a list of jobs, got int'],
    ['jobs = [Process(name="x")]', 'jobs[0] is no job but Process'],
    ['hooks = "x"', 'hooks must be a list of objects, got str'],
    ['hooks = [print]', 'hooks[0] is no object with hooks but builtin_function_or_method'],
    ['hooks = [Process]', 'hooks[0] is no object with hooks but Process'],
  ])('%s', async (line, message) => {
    const file = write('a.aurora', `x = 1\n${line}\n`)
    expect((await refusal(file)).message).toBe(`${file}:2: TypeError: ${message}\n  File "${file}", line 2\n    ${line}`)
  })

  test('no more of a long message than somebody reads', async () => {
    const {message} = await refusal(write('a.aurora', `raise ValueError('x' * 10**6 + '\\n' + 'y\\n' * 10**5)`))
    expect(message.length).toBeLessThan(20_000)
    expect(message).toMatch(/a\.aurora:1: ValueError: xxx/)
  })
})

test('a dict in the place of one of several structs: which of them it would be', async () => {
  const task = 'SimpleTask("a", "b")'
  const file = write('a.aurora', `jobs = [Job(cluster="c", role="r", environment="test", task=${task}, container={'image': 'x'})]`)
  const [checked] = checkConfig(await loadConfig(file), []).jobs
  expect(checked?.problems).toMatchObject([{path: 'jobs[0].container', hint: 'Say what it is: Docker(…).'}])
})

describe('the bytes of a file', () => {
  test.each([
    ['a byte order mark', Buffer.from('\uFEFFprint("é")')],
    ['line ends of Windows', Buffer.from('if True:\r\n  print("é")\r\n')],
    ['another encoding, declared', Buffer.from('# -*- coding: latin-1 -*-\nprint("é")', 'latin1')],
  ])('%s', async (_, bytes) => {
    expect(await printed(bytes)).toBe('é\n')
  })

  test.each([
    [
      'another encoding, not declared',
      Buffer.from('x = 1\nprint("é")', 'latin1'),
      ":2: SyntaxError: Non-UTF-8 code starting with '\\xe9' on line 2",
    ],
    ['an unknown encoding', Buffer.from('# coding: klingon\nx = 1'), 'SyntaxError: unknown encoding: klingon'],
    ['a NUL', Buffer.from('x = 1\ny = "\0"'), ':2: SyntaxError: this is no text: it has a NUL character'],
    [
      'a program',
      Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0xff, 0xfe, 0x80]),
      ':1: SyntaxError: this is no text: it has a NUL character',
    ],
  ])('%s is refused', async (_, bytes, message) => {
    expect((await refusal(write('a.aurora', bytes))).message).toContain(`a.aurora${message.startsWith(':') ? '' : ':0: '}${message}`)
  })
})
