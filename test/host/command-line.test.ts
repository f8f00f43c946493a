import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {readCommandLine} from '../../src/host/command-line.ts'

const catalogue = {commands: ['job:kill', 'job:killall', 'config:list'], topics: ['job', 'config']}

describe('a command line', () => {
  it.each([
    [['job', 'kill', 'a/b/c/d'], 'job:kill', ['a/b/c/d']],
    [['job:kill', 'a/b/c/d'], 'job:kill', ['a/b/c/d']],
    [['job', 'killall', '--json', 'x'], 'job:killall', ['--json', 'x']],
    [['job'], 'job', []],
    [['job', 'nonsense'], 'job', ['nonsense']],
    [['nonsense', 'job', 'kill'], '', ['nonsense', 'job', 'kill']],
    [['--verbose', 'job', 'kill'], '', ['--verbose', 'job', 'kill']],
    [['constructor'], '', ['constructor']],
  ])('%j is %s', (argv, id, rest) => {
    expect(readCommandLine(argv, catalogue)).toMatchObject({id, rest})
  })

  it('asks for help only before the words that are passed on', () => {
    expect(readCommandLine(['job', 'kill', '--help'], catalogue).wantsHelp).toBe(true)
    expect(readCommandLine(['job', 'kill', '--', '--help'], catalogue).wantsHelp).toBe(false)
  })

  it('loses no word', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('job', 'kill', 'killall', 'config', 'list', 'job:kill', '-v', '--', 'a/b/c/d', '')), (argv) => {
        const {id, rest} = readCommandLine(argv, catalogue)
        expect([...id.split(':').filter(Boolean), ...rest].join(' ')).toBe(argv.join(' ').replace(/^(job|config):/, '$1 '))
      }),
    )
  })
})
