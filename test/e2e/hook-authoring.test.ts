/** From nothing to a hook that is tested and in use. */
import {execFile} from 'node:child_process'
import {existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, describe, expect, it} from 'vitest'
import {Cli, repository} from './cli.ts'

const cli = new Cli()
afterAll(() => cli[Symbol.asyncDispose]())

/** What the compiler says of the plugin, with the package installed as `npm install` would. */
function complaints(folder: string): Promise<string> {
  mkdirSync(join(folder, 'node_modules/@auroractl'), {recursive: true})
  symlinkSync(repository, join(folder, 'node_modules/@auroractl/cli'))
  return new Promise((resolve) => {
    execFile(process.execPath, [join(repository, 'node_modules/typescript/bin/tsc'), '-p', folder], (_, stdout) => resolve(stdout))
  })
}

describe('hooks new', () => {
  it.each([
    ['pre-kill', []],
    ['amend-create', ['--on', 'amend:job.create']],
    ['after', ['--on', 'post:job.kill', '--on', 'finally:job.kill']],
    ['helps', ['--on', 'error:job.create']],
    ['no-job', ['--on', 'pre:config.list']],
    ['plain', ['--js']],
    ['plain-listener', ['--js', '--on', 'finally:job.killall']],
  ])('makes a plugin that passes its tests, compiles and can be linked: %s', async (name, flags) => {
    const folder = join(cli.home, name)
    expect(await cli.run(['hooks', 'new', name, ...flags])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`aurora hooks test ${folder}`),
    })
    const tested = await cli.run(['hooks', 'test', folder, '--coverage', '100'])
    expect(tested).toMatchObject({code: 0, stdout: expect.stringContaining(' 0 failed; 100 % of the lines ran')})
    expect(await complaints(folder)).toBe('')
    expect(await cli.run(['plugins', 'link', folder])).toMatchObject({code: 0})
    expect((await cli.run(['hooks', 'list'])).stdout).toMatch(new RegExp(`^${name} .*ready$`, 'm'))
    expect(await cli.run(['plugins', 'unlink', folder])).toMatchObject({code: 0})
  })

  it('writes over nothing', async () => {
    const folder = join(cli.home, 'mine')
    mkdirSync(folder)
    writeFileSync(join(folder, 'note'), 'mine')
    expect(await cli.run(['hooks', 'new', 'mine'])).toMatchObject({code: 6, stderr: expect.stringContaining('is there already')})
    expect(readdirSync(folder)).toEqual(['note'])
  })

  it('shows in a dry run what it would make', async () => {
    const {code, stdout} = await cli.run(['hooks', 'new', 'later', '--dry-run'])
    expect({code, stdout}).toMatchObject({code: 0, stdout: expect.stringContaining('+ hooks/later.ts')})
    expect(existsSync(join(cli.home, 'later'))).toBe(false)
  })

  it.each([
    [['all'], /'all' cannot be a name/],
    [['../x'], /'name' must be a text of letters/],
    [['x', '--on', 'pre:job.kil'], /did you mean 'job\.kill'/],
    [['x', '--on', 'before:job.kill'], /unknown phase/],
  ])('refuses %j', async (args, problem) => {
    expect(await cli.run(['hooks', 'new', ...args])).toMatchObject({code: 2, stderr: expect.stringMatching(problem)})
  })
})

describe('hooks test', () => {
  it('fails for a case that fails, for a guard that is not shown to guard, and for too little coverage', async () => {
    const folder = join(cli.home, 'guarded')
    await cli.run(['hooks', 'new', 'guarded'])
    const cases = join(folder, 'tests/guarded.yaml')
    const text = readFileSync(cases, 'utf8')
    writeFileSync(cases, text.replace('reason: root *', 'reason: nobody *'))
    const failed = await cli.run(['hooks', 'test', folder])
    expect(failed).toMatchObject({code: 4, stderr: ''})
    expect(failed.stdout).toMatch(
      /^FAIL {2}guarded: root is stopped\n +expected the reason 'nobody \*', and it was 'root does not do this'$/m,
    )
    writeFileSync(cases, text.slice(text.indexOf('- name: others')))
    const unproven = await cli.run(['hooks', 'test', folder])
    expect(unproven).toMatchObject({code: 4, stdout: expect.stringContaining("problem: no case shows that 'guarded' denies anything")})
    expect(unproven.stdout).toMatch(/^hooks\/guarded\.ts +3\/4 +1\/1 +4$/m)
    const low = await cli.run(['hooks', 'test', folder, '--coverage', '80', '--json'])
    expect(low.code).toBe(4)
    expect(JSON.parse(low.stdout)).toMatchObject({
      passed: false,
      covered: 75,
      problems: [expect.any(String), '75 % of the lines ran in the tests, less than 80 %'],
    })
  })

  it('fails for a plugin without tests, and for a folder without a plugin', async () => {
    const plugin = join(cli.home, 'untested')
    mkdirSync(plugin)
    writeFileSync(join(plugin, 'h.js'), 'export default () => {}')
    writeFileSync(
      join(plugin, 'package.json'),
      JSON.stringify({name: 'u', version: '1.0.0', oclif: {}, aurora: {hooks: [{name: 'h', on: ['pre:job.kill'], script: 'h.js'}]}}),
    )
    expect(await cli.run(['hooks', 'test', plugin])).toMatchObject({code: 6, stderr: expect.stringContaining('has no test cases')})
    expect(await cli.run(['hooks', 'test', cli.home])).toMatchObject({code: 6, stderr: expect.stringContaining('holds no plugin')})
  })
})
