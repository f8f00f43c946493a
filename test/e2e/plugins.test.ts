import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {Cli} from './cli.ts'

const cli = new Cli()
const folder = join(cli.home, 'team-tools')

function write(path: string, text: string): void {
  const file = join(folder, path)
  mkdirSync(join(file, '..'), {recursive: true})
  writeFileSync(file, text)
}

beforeAll(async () => {
  const oclif = {commands: './commands', topicSeparator: ' ', topics: {team: {description: 'What the team needs.'}}}
  write('package.json', JSON.stringify({name: 'team-tools', version: '1.0.0', type: 'module', oclif}))
  write(
    'commands/team/greet.js',
    `import {AuroraCommand, Flags, UserError, parseJobKey} from '@auroractl/cli'
export default class Greet extends AuroraCommand {
  static summary = 'Greet.'
  static flags = {name: Flags.string({default: 'world'})}
  async execute() {
    const {flags} = await this.parse(Greet)
    if (flags.name === 'nobody') throw new UserError('nobody is there', {code: 'team.nobody'})
    this.info('greeting')
    return {greeting: 'hello ' + flags.name, key: parseJobKey('a/b/c/d')}
  }
  render({greeting}) { return greeting + '\\n' }
}
`,
  )
  // A copy of the SDK of its own, which must not be the one that it gets.
  write(
    'node_modules/@auroractl/cli/package.json',
    JSON.stringify({name: '@auroractl/cli', version: '0.0.1', type: 'module', exports: './index.js'}),
  )
  write('node_modules/@auroractl/cli/index.js', "throw new Error('the wrong copy')\n")
  await cli.json(['plugins', 'link', folder])
})
afterAll(() => cli[Symbol.asyncDispose]())

describe('what cannot be installed', () => {
  it.each([
    ['a tarball that is not there', 'none-1.0.0.tgz', 'There is no file none-1.0.0.tgz\n'],
    ['a package of a registry whose address is none', 'team-tools', 'AURORA_NPM_REGISTRY is no address of a registry: nowhere\n'],
  ])('%s is named, and no registry is asked', async (_, spec, message) => {
    const {code, stderr} = await cli.run(['plugins', 'install', spec, '--yes'], {env: {AURORA_NPM_REGISTRY: 'nowhere'}})
    expect({code, stderr}).toEqual({code: 6, stderr: expect.stringContaining(message)})
  })
})

describe('a plugin with a command', () => {
  it('runs in this host, whatever copy of the SDK it has', async () => {
    expect(await cli.run(['team', 'greet', '--name', 'you'])).toMatchObject({code: 0, stdout: 'hello you\n', stderr: ' INFO] greeting\n'})
    expect(await cli.json(['team', 'greet'])).toEqual({
      greeting: 'hello world',
      key: {cluster: 'a', role: 'b', environment: 'c', name: 'd'},
    })
  })

  it('ends with the exit codes of the house', async () => {
    expect(await cli.run(['team', 'greet', '--name', 'nobody'])).toMatchObject({code: 6, stdout: '', stderr: 'nobody is there\n'})
    expect((await cli.run(['team', 'greet', '--nonsense'])).code).toBe(2)
  })

  it('is not missed the hooks that it never had', async () => {
    expect(await cli.run(['hooks', 'list'])).toMatchObject({code: 0, stderr: ''})
  })

  it('is in the help, beside ours', async () => {
    const {stdout} = await cli.run(['--help'])
    expect(stdout).toMatch(/^ {2}team +What the team needs\.$/m)
    expect(stdout).toMatch(/^ {2}job +/m)
    expect((await cli.run(['team', 'greet', '--help'])).stdout).toContain('Greet.')
  })

  it('is gone when it is unlinked', async () => {
    expect((await cli.run(['plugins', 'unlink', 'team-tools'])).code).toBe(0)
    const unknown = await cli.run(['team', 'greet'])
    expect(unknown).toMatchObject({code: 2, stdout: ''})
    expect(unknown.stderr).toContain('team greet')
  })
})
