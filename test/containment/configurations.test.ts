import {execFileSync} from 'node:child_process'
import {readFileSync, symlinkSync} from 'node:fs'
import {beforeAll, beforeEach, describe, expect, test, vi} from 'vitest'
import {type LoadOptions, loadConfig} from '../../src/config/load.ts'
import {selectJob} from '../../src/config/select.ts'
import {UserError} from '../../src/model/errors.ts'
import {parseJobKey} from '../../src/model/job-key.ts'
import {errorText} from '../../src/host/report.ts'
import {type Attack, attacks} from './configuration-attacks.ts'
import {inFolder, refusal, write} from '../config/folder.ts'

const LIMIT_MS = 1_000
const SECRET = 's3cret-value'

beforeEach(() => {
  symlinkSync('/etc/passwd', inFolder('link'))
  symlinkSync('/etc', inFolder('links'))
  execFileSync('mkfifo', [inFolder('pipe')])
})

// Makes the image, which takes longer than an attack may.
beforeAll(() =>
  loadConfig('/dev/null').catch(() => loadConfig(new URL('../../docs/examples/hello_world.aurora', import.meta.url).pathname)),
)

/** How a configuration is refused, at the latest when its job is asked for. */
async function refused({files, endless}: Attack): Promise<UserError> {
  const [main = ''] = Object.entries(files)
    .map(([name, content]) => write(name, content))
    .slice(0, 1)
  const options: LoadOptions = {env: {SECRET, HOME: '/home/jane'}, onOutput: () => {}, ...(endless ? {limitMs: LIMIT_MS} : {})}
  const before = process.cwd()
  process.chdir(inFolder('.'))
  try {
    selectJob(await loadConfig(main, options), parseJobKey('c/r/e/n'))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return error
  } finally {
    process.chdir(before)
  }
  throw new Error('the configuration was not refused')
}

describe.each(Object.entries(attacks))('configurations %s', (_group, cases) => {
  test.each(Object.entries(cases))('are refused: %s', {timeout: 60_000}, async (_name, attack) => {
    const error = await refused(attack)
    expect(error).toMatchObject({exitCode: 3, code: attack.code})
    expect(error.message).toMatch(attack.message)
    expect(error.message.length).toBeLessThan(20_000)
    expect(error.message).not.toContain(SECRET)
  })
})

describe('what a configuration says in its errors', () => {
  test('drives no terminal', async () => {
    const file = write('a.aurora', `raise ValueError('\\x1b[2J\\x1b]0;title\\x07 hello \\u202e\\x9b31m')`)
    const text = errorText(await refusal(file))
    expect(text).toContain('ValueError:  hello')
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]/)
  })

  test('is not longer than somebody reads', async () => {
    const error = await refusal(write('a.aurora', `raise ValueError('y' * 10**7)`))
    expect(error.message).toMatch(/^\S+a\.aurora:1: ValueError: y{100}/)
    expect(error.message.length).toBeLessThan(5_000)
    const lines = await refusal(write('a.aurora', `raise ValueError('y\\n' * 10**6)`))
    expect(lines.message).toMatch(/^\S+a\.aurora:1: ValueError: y\n/)
    expect(lines.message.split('\n').length).toBeLessThan(500)
  })

  test('is not longer where it is the name of a job', async () => {
    const source = `jobs = [Job(cluster='c', role='r', environment='e', name='n' * 10**7, task=SimpleTask('t', 'echo'))]`
    const config = await loadConfig(write('a.aurora', source))
    expect(() => selectJob(config, parseJobKey('c/r/e/n'))).toThrow(
      /^Could not find job c\/r\/e\/n\nCandidates are:\n {2}c\/r\/e\/n{1900,2000}…$/,
    )
  })

  test('holds no value of the environment that the file did not put there', async () => {
    const error = await refusal(write('a.aurora', `import os\nvalue = os.environ['SECRET']\n1 / 0`), {env: {SECRET}})
    expect(error.message).toMatch(/a\.aurora:3: ZeroDivisionError/)
    expect(JSON.stringify(error) + errorText(error)).not.toContain(SECRET)
  })
})

test('a configuration that prints more than a megabyte is cut short there', async () => {
  let printed = 0
  await loadConfig(write('a.aurora', `for i in range(100): print('x' * 10**5)\njobs = []`), {onOutput: (text) => (printed += text.length)})
  expect(printed).toBeGreaterThan(900_000)
  expect(printed).toBeLessThan(1_200_000)
})

test('none of them leaves a process behind', async () => {
  const children = (): string => readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
  await vi.waitFor(() => expect(children().trim()).toBe(''), 5_000)
})
