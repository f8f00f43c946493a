import {chmodSync, mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, describe, expect, it} from 'vitest'
import {Cli} from './cli.ts'

const cli = new Cli()
afterAll(() => cli[Symbol.asyncDispose]())

// To root nothing is refused.
describe.skipIf(process.getuid?.() === 0)('without permission (needs a user who is not root)', () => {
  it('a configuration is refused by its name', async () => {
    const file = join(cli.home, 'secret.aurora')
    writeFileSync(file, 'jobs = []', {mode: 0o000})
    const result = await cli.run(['job', 'inspect', 'a/b/c/d', file])
    expect(result).toMatchObject({code: 3, stdout: '', stderr: expect.stringContaining('Permission denied')})
  })

  it('the local cluster does not start in a home that cannot be written, and says which folder', async () => {
    const home = join(cli.home, 'closed')
    mkdirSync(home)
    chmodSync(home, 0o500)
    const result = await cli.run(['local', 'start'], {env: {HOME: home}})
    expect(result).toMatchObject({code: 4, stdout: '', stderr: expect.stringContaining(home)})
    expect(result.stderr).not.toMatch(/^\s+at /m)
    chmodSync(home, 0o700)
  })
})
