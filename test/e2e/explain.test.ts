import {afterAll, describe, expect, it} from 'vitest'
import {Cli} from './cli.ts'
import {hasTmux, Terminal} from './terminal.ts'

const cli = new Cli()
afterAll(() => cli[Symbol.asyncDispose]())

const path = 'process.cmdline'
const lines = [
  'What /bin/bash -c runs, in the sandbox and with the rights of the role. References in double braces are replaced before;',
  'those of the executor, such as the number of a port, on the host.',
]

describe('config explain', () => {
  it('leaves the lines of a pipe whole', async () => {
    const {code, stdout, stderr} = await cli.run(['config', 'explain', path])
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
    expect(stdout).toContain(`\n${lines.join(' ')}\n`)
  })

  it('names what comes near when there is no such field', async () => {
    const {code, stdout, stderr} = await cli.run(['config', 'explain', 'update_config.batchsize'])
    expect({code, stdout}).toEqual({code: 6, stdout: ''})
    expect(stderr).toContain("Job.update_config has no field 'batchsize'; did you mean 'batch_size'?")
    expect(stderr).toContain("'aurora config explain Job.update_config' shows what there is.")
  })

  it.skipIf(!hasTmux)('breaks lines between words in a terminal', async () => {
    using terminal = new Terminal(cli)
    terminal.start('config', 'explain', path)
    // The terminal is 120 wide.
    expect(await terminal.see(/^ended: 0/m)).toContain(`\n${lines.join('\n')}\n`)
  })
})
