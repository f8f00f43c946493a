/** What users grant: asked again with the difference, taken back, and kept for files with their content. */
import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {Cli} from './cli.ts'

const cli = new Cli()
const project = join(cli.home, 'shop')
const plugin = join(cli.home, 'team-guard')
const file = join(project, 'aurora.json')

const run = (...args: string[]) => cli.run(args, {cwd: project})
/** A command around which the hooks run. */
const asked = () => run('hooks', 'grants')

function writePlugin(...hooks: object[]): void {
  mkdirSync(plugin, {recursive: true})
  writeFileSync(join(plugin, 'guard.js'), 'export default () => {}\n')
  const entries = hooks.map((hook) => ({on: ['pre:hooks.grants'], script: 'guard.js', ...hook}))
  writeFileSync(join(plugin, 'package.json'), JSON.stringify({name: 'team-guard', version: '1.0.0', oclif: {}, aurora: {hooks: entries}}))
}

function writeProject(needs: object, code = 'export default () => {}\n'): void {
  writeFileSync(file, JSON.stringify({hooks: [{name: 'ours', on: ['pre:hooks.grants'], script: 'ours.js', needs}]}))
  writeFileSync(join(project, 'ours.js'), code)
}

beforeAll(() => mkdirSync(join(project, '.git'), {recursive: true}))
afterAll(() => cli[Symbol.asyncDispose]())

describe('a plugin', () => {
  it('that wants more is blocked, shown with the difference, and asked about', async () => {
    writePlugin({name: 'guard', needs: {clock: true}}, {name: 'old'})
    await cli.json(['plugins', 'link', plugin])
    expect((await asked()).code).toBe(0)
    writePlugin({name: 'guard', needs: {env: ['USER']}})
    expect(await asked()).toMatchObject({code: 4, stderr: expect.stringContaining('also wants to read the environment variables USER')})
    const question = await run('hooks', 'grant', 'team-guard', '--skip-hooks', 'all')
    expect(question.code).not.toBe(0)
    expect(question.stderr).toMatch(
      /\+ hook guard may read the environment variables USER\n.*- hook guard may read the clock\n.*- hook old runs at/,
    )
    expect((await asked()).code).toBe(4)
    expect(await run('hooks', 'grant', plugin, '--dry-run')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Would grant team-guard 1\.0\.0 what it asks for\n.*\+ hook guard/),
    })
    expect(await run('hooks', 'grant', 'team-guard', '--yes')).toMatchObject({code: 0})
    expect((await asked()).code).toBe(0)
  })

  it('is blocked when its grant is taken back, of one hook or of all', async () => {
    expect(await run('hooks', 'revoke', 'team-guard', 'guard')).toMatchObject({code: 0})
    expect(await asked()).toMatchObject({code: 4, stderr: expect.stringContaining('its grant was taken back')})
    expect(await run('hooks', 'revoke', 'team-guard', 'none')).toMatchObject({code: 6, stderr: expect.stringContaining("no hook 'none'")})
    expect(await run('hooks', 'revoke', 'nobody')).toMatchObject({
      code: 6,
      stderr: expect.stringContaining("nothing was granted to 'nobody'"),
    })
    await run('hooks', 'grant', 'team-guard', '--yes')
    await run('hooks', 'revoke', plugin)
    expect(await asked()).toMatchObject({code: 4, stderr: expect.stringContaining('never granted anything')})
    await run('plugins', 'unlink', 'team-guard')
  })

  it('whose hooks can no longer be ordered can still be unlinked', async () => {
    writePlugin({name: 'a'}, {name: 'b'})
    await cli.json(['plugins', 'link', plugin])
    writePlugin({name: 'a', after: ['b']}, {name: 'b', after: ['a']})
    expect(await asked()).toMatchObject({code: 3, stderr: expect.stringContaining('cannot be ordered')})
    expect(await run('plugins', 'unlink', 'team-guard')).toMatchObject({code: 0, stdout: 'Unlinked team-guard\n'})
    expect((await asked()).code).toBe(0)
  })
})

describe('a file of the project', () => {
  it('gets what it asks for with the content and the code that it has', async () => {
    writeProject({clock: true})
    expect(await asked()).toMatchObject({code: 4, stderr: expect.stringContaining(`aurora hooks grant ${file}`)})
    const shown = await run('hooks', 'grant', 'aurora.json')
    expect(shown.code).not.toBe(0)
    expect(shown.stderr).toMatch(/\+ hook ours runs at pre:hooks\.grants\n.*\+ hook ours may read the clock/)
    expect(await run('hooks', 'grant', 'aurora.json', '--yes')).toMatchObject({code: 0, stdout: `Granted ${file}\n`})
    expect(await asked()).toMatchObject({code: 0, stdout: expect.stringContaining(`file ${file}, since `)})
    writeProject({clock: true}, 'export default () => {} // changed\n')
    expect(await asked()).toMatchObject({code: 4, stderr: expect.stringContaining('has changed since it was granted')})
    expect((await run('hooks', 'grant', 'aurora.json')).stderr).toMatch(/\+ other content, or other code, than what was granted/)
    await run('hooks', 'grant', 'aurora.json', '--yes')
    expect((await asked()).code).toBe(0)
    await run('hooks', 'revoke', 'aurora.json')
    expect((await asked()).code).toBe(4)
    writeProject({})
  })

  it('that is a configuration is shown with the difference, too', async () => {
    const config = join(project, 'jobs.aurora')
    writeFileSync(config, 'class Hook(object): pass\nhooks = [Hook()]\njobs = []\n')
    const allow = ['--allow', 'exec=git,fetch=https://change.example.com']
    expect(await run('hooks', 'grant', config, ...allow, '--yes')).toMatchObject({code: 0})
    const {code, stderr} = await run('hooks', 'grant', config, '--allow', 'exec=git')
    expect(code).not.toBe(0)
    expect(stderr).toMatch(/- its hooks may make HTTP requests to https:\/\/change\.example\.com\n/)
  })

  it('that is a configuration counts modules in archives and those loaded by path, and imports from no file that does not look like one', async () => {
    const archive =
      'UEsDBBQAAAAAAAAAIVA7ifaLBgAAAAYAAAAJAAAAemlwcGVkLnB5eCA9IDEKUEsBAhQDFAAAAAAAAAAhUDuJ9osGAAAABgAAAAkAAAAAAAAAAAAAAIABAAAAAHppcHBlZC5weVBLBQYAAAAAAQABADcAAAAtAAAAAAA='
    for (const name of ['lib.zip', 'lib.data']) writeFileSync(join(project, name), Buffer.from(archive, 'base64'))
    writeFileSync(join(project, 'more.aurora'), 'y = 2\n')
    const config = join(project, 'archived.aurora')
    const write = (name: string) =>
      writeFileSync(
        config,
        `import importlib.machinery, sys\nsys.path.insert(0, '${project}/${name}')\nimport zipped\nimportlib.machinery.SourceFileLoader('more', '${project}/more.aurora').load_module()\nclass Hook(object): pass\nhooks = [Hook()]\njobs = []\n`,
      )
    write('lib.zip')
    const granted = await run('hooks', 'grant', config, '--allow', 'exec=git', '--yes', '--json')
    expect((JSON.parse(granted.stdout) as {code: string[]}).code).toEqual([config, join(project, 'lib.zip'), join(project, 'more.aurora')])
    write('lib.data')
    expect(await run('hooks', 'grant', config, '--allow', 'exec=git')).toMatchObject({code: 3, stderr: expect.stringContaining("'zipped'")})
  })
})
