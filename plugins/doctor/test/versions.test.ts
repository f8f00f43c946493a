import {describe, expect, it} from 'vitest'
import {judgeVersions} from '../src/checks/versions.ts'

describe('versions', () => {
  it.each([
    ['isolated-vm', '6.1.2', 'problem'],
    ['isolated-vm', '7.0.0', 'problem'],
    ['isolated-vm', '7.0.1-rc.1', 'problem'],
    ['isolated-vm', '7.0.1', 'ok'],
    ['isolated-vm', '7.10.0', 'ok'],
    ['node', '22.20.0', 'problem'],
    ['node', '24.0.0', 'ok'],
    ['npm', '1.0.0', 'ok'],
    ['npm', undefined, 'problem'],
  ] as const)('%s %s is %s', (part, version, status) => {
    expect(judgeVersions({[part]: version})).toEqual([expect.objectContaining({check: 'versions', subject: part, status})])
  })

  it('names the advisory, and what to do', () => {
    expect(judgeVersions({'isolated-vm': '7.0.0'})[0]).toMatchObject({
      text: expect.stringContaining('GHSA-864f-rcv7-6rh4'),
      remedy: expect.stringContaining('7.0.1'),
    })
  })
})
