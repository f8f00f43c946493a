import * as fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {parseRunRecord} from '../../src/agent/run-record.ts'

const BEGUN = `4c633fa2-05a6-4c3b-ae2a-4eb675119954 42 (a) b (c) R 1 42 42 0 -1 4194304 298 0 3 0 0 0 0 0 20 0 1 0 148229 4034560 750\n`
const job = (state: string) => `[1]+  ${state.padEnd(23)} "$@" 3>&-\n`

describe('the record of a run', () => {
  it('names the coordinator by pid and start time', () => {
    expect(parseRunRecord(BEGUN)).toEqual({
      begun: {boot: '4c633fa2-05a6-4c3b-ae2a-4eb675119954', coordinator: {pid: 42, parent: 1, group: 42, session: 42, startTime: 148229}},
    })
  })

  it.each([
    [job('Done') + 'end 145\n', 'SUCCESS', '0'],
    [job('Done(3)') + 'end 145\n', 'FAILED', '3'],
    [job('Done(137)') + 'end 145\n', 'FAILED', '137'],
    [job('Killed') + 'end 145\n', 'KILLED', 'Killed'],
    [job('User defined signal 1') + 'end 145\n', 'KILLED', 'User defined signal 1'],
    [job('Stopped(SIGSTOP)') + job('Done(4)'), 'FAILED', '4'],
    ['end 0\n', 'SUCCESS', '0'],
    ['end 137\n', 'KILLED', 'signal 9'],
  ])('%j: %s', (lines, result, detail) => {
    expect(parseRunRecord(BEGUN + lines).end).toEqual({result, detail})
  })

  it('says nothing that is not there whole, wherever it was cut', () => {
    const whole = BEGUN + job('Done(137)') + 'end 145\n'
    fc.assert(
      fc.property(fc.nat(whole.length), (length) => {
        const record = parseRunRecord(whole.slice(0, length))
        const lines = whole.slice(0, length).split('\n').length - 1
        expect([record.begun !== undefined, record.end !== undefined]).toEqual([lines > 0, lines > 1])
      }),
    )
  })

  it.each(['', '\n', 'x\n', '\0\0\0\n'])('makes nothing of %j', (text) => {
    expect(parseRunRecord(text)).toEqual({})
  })
})
