import {chmod, chown, mkdir, realpath, rm, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {fileDigest} from '../../src/hook/file-digest.ts'
import {findProjectFile} from '../../src/hook/find-project-file.ts'
import {grantFile} from '../../src/hook/grants.ts'
import {inspectHookFile} from '../../src/hook/inspect-file.ts'
import type {HookFiles} from '../../src/hook/registry.ts'
import {loadScript} from '../../src/hook/script-reader.ts'
import {HookDenied, UserError} from '../../src/model/errors.ts'
import {Home, KILL, OPERATIONS} from './fixture.ts'

let home: Home
let project: string
beforeEach(async () => {
  home = await Home.create()
  project = await realpath(home.dataDir)
  project = join(project, 'project')
  await mkdir(join(project, '.git'), {recursive: true})
})
afterEach(() => home.remove())

const SDK = "import {allow, deny, amend} from '@auroractl/cli/hook'\n"
const asRoot = process.getuid?.() === 0

/** Writes files below the project. */
async function files(contents: Record<string, unknown>): Promise<void> {
  for (const [name, content] of Object.entries(contents)) {
    await mkdir(join(project, name, '..'), {recursive: true})
    await writeFile(join(project, name), typeof content === 'string' ? content : JSON.stringify(content))
  }
}

const from = (more: Partial<HookFiles> = {}) => ({
  files: {folders: [project], home: '/home/nobody', given: [], policyFolder: join(project, 'no-policy'), ...more},
})
const reasons = async (options: Parameters<Home['ask']>[1] = from()) =>
  (await home.ask(KILL, options)).failures.map(({source, reason}) => `${source}: ${reason}`)

const DENY = {name: 'deny', on: ['pre:job.kill'], script: 'deny.js'}
const WITH = {name: 'limit', on: ['pre:job.kill'], script: 'hooks/guard.js'}
const TELL = `${SDK}export default (ctx) => deny(JSON.stringify(ctx.with ?? null))`
const LIMIT = {type: 'object', properties: {max: {type: 'integer', minimum: 1}}, required: ['max'], additionalProperties: false}

describe("a project's file", () => {
  it.each([
    ['aurora.json', JSON.stringify({hooks: [DENY]})],
    ['aurora.yaml', 'hooks:\n  - name: deny\n    on: [pre:job.kill]\n    script: deny.js\n'],
  ])('%s brings hooks, which run without a grant when they ask for no powers', async (name, text) => {
    await files({[name]: text, 'deny.js': `${SDK}export default () => deny('not here')`})
    expect(await reasons()).toEqual([`project ${join(project, name)}: not here`])
  })

  it('is found from a folder of its repository, and from none above or outside', async () => {
    await files({'aurora.json': {hooks: []}, 'a/b/c': '', 'inner/.git/x': ''})
    const found = (folder: string, at = '/home/nobody') => findProjectFile(join(project, folder), at)
    expect(found('a/b')).toBe(join(project, 'aurora.json'))
    expect(found('inner')).toBeUndefined()
    await rm(join(project, '.git'), {recursive: true})
    expect(found('a/b')).toBeUndefined()
    expect(found('.')).toBe(join(project, 'aurora.json'))
    expect(found('not/there')).toBeUndefined()
  })

  it('of a home is not that of the folders in it', async () => {
    await files({'aurora.json': {hooks: []}, 'a/b': ''})
    expect(findProjectFile(join(project, 'a'), project)).toBeUndefined()
    expect(findProjectFile(project, project)).toBe(join(project, 'aurora.json'))
  })

  it('is the nearest one', async () => {
    await files({'aurora.json': {hooks: []}, 'a/aurora.yaml': 'hooks: []', 'a/b/c': ''})
    expect(findProjectFile(join(project, 'a/b'), '/home/nobody')).toBe(join(project, 'a/aurora.yaml'))
  })

  it.each([
    ['both syntaxes', {'aurora.json': {hooks: []}, 'aurora.yaml': 'hooks: []'}, /has both an aurora.json and an aurora.yaml/],
    ['no JSON', {'aurora.json': '{"hooks": ['}, /aurora.json cannot be used:\n {2}.*JSON/],
    ['no YAML', {'aurora.yaml': 'hooks: ['}, /aurora.yaml cannot be used/],
    ['YAML in circles', {'aurora.yaml': 'hooks: &a [*a]'}, /aurora.yaml cannot be used/],
    ['hooks that are no list', {'aurora.json': {hooks: {}}}, /'hooks' must be a list/],
    ['a misspelt field alone', {'aurora.yaml': 'hoks: []'}, /unknown field 'hoks'; did you mean 'hooks'/],
    ['an unknown field', {'aurora.json': {hooks: [], hoks: 1}}, /unknown field 'hoks'; did you mean 'hooks'/],
    ['an operation that is none', {'aurora.json': {hooks: [{...DENY, on: ['pre:job.kil']}]}}, /'deny': .*did you mean 'job.kill'/],
    ['an optional hook', {'aurora.json': {hooks: [{...DENY, optional: true}]}}, /only a plugin's hook can be optional/],
    ['a plugin that is not installed', {'aurora.json': {hooks: [{use: 'absent/hook'}]}}, /'hook': no plugin 'absent' is installed/],
    ['a use that names nothing', {'aurora.json': {hooks: [{use: 'absent'}]}}, /must name a plugin and its hook/],
  ])('with %s stops everything, and says why', async (_, contents, message) => {
    await files(contents)
    await expect(home.chain(from())).rejects.toThrow(message)
    await expect(home.chain(from())).rejects.toMatchObject({exitCode: 3})
  })

  it('that is a link to the file of another project is refused', async () => {
    await files({'trusted/aurora.json': {hooks: []}, 'cloned/.git/x': ''})
    await symlink('../trusted/aurora.json', join(project, 'cloned/aurora.json'))
    await expect(home.chain(from({folders: [join(project, 'cloned')]}))).rejects.toThrow(/it is a link to .*trusted\/aurora\.json/)
  })

  it('without hooks is another file of that name', async () => {
    await files({'aurora.json': {jobs: []}})
    expect(await reasons()).toEqual([])
  })

  it('that every user can write is refused', async () => {
    await files({'aurora.json': {hooks: []}})
    await chmod(join(project, 'aurora.json'), 0o666)
    await expect(home.chain(from())).rejects.toThrow(/it can be written by every user/)
  })

  it.runIf(asRoot)('of another user is refused', async () => {
    await files({'aurora.json': {hooks: []}})
    await chown(join(project, 'aurora.json'), 12345, 12345)
    await expect(home.chain(from())).rejects.toThrow(/it belongs to another user/)
  })

  it('does not reach scripts outside of its folder', async () => {
    await writeFile(join(project, '../outside.js'), `${SDK}export default () => allow()`)
    await files({'aurora.json': {hooks: [{...DENY, script: '../outside.js'}]}})
    expect(await reasons()).toEqual([expect.stringMatching(/lies outside/)])
  })
})

describe('powers of a project', () => {
  const asking = {...DENY, needs: {prompt: true}}
  const grant = async () => {
    await grantFile(home.dataDir, await inspectHookFile(home.dataDir, join(project, 'aurora.json'), OPERATIONS))
  }

  it('are asked for, and given by the user alone', async () => {
    await files({'aurora.json': {hooks: [asking]}, 'deny.js': `${SDK}export default async (ctx) => { await ctx.prompt.confirm('Sure?') }`})
    expect(await reasons()).toEqual([expect.stringMatching(/it is not granted: .*aurora hooks grant .*aurora\.json/)])
    await grant()
    expect(await reasons()).toEqual([])
    expect(home.questions).toEqual(['[deny] Sure?'])
  })

  it('are gone when the file, its script, or what that imports has changed', async () => {
    await files({'aurora.json': {hooks: [asking]}, 'deny.js': "import './more.js'\nexport default () => {}", 'more.js': ''})
    await grant()
    expect(await reasons()).toEqual([])
    await files({'more.js': 'globalThis.changed = 1'})
    expect(await reasons()).toEqual([expect.stringMatching(/has changed since it was granted/)])
    await grant()
    await files({'aurora.json': {hooks: [{...asking, timeout: '9s'}]}})
    expect(await reasons()).toEqual([expect.stringMatching(/has changed since it was granted/)])
  })

  it('are for the code that was compared, whatever is in its place when it runs', async () => {
    const code = (says: string) => `${SDK}export default () => deny('${says}')`
    await files({'aurora.json': {hooks: [asking]}, 'deny.js': code('as granted')})
    await grant()
    const chain = await home.chain(from())
    await files({'deny.js': code('put there later')})
    expect((await chain.run('pre', KILL)).failures).toMatchObject([{reason: 'as granted'}])
  })

  it('are told apart by all of the code, in whatever order it is named', async () => {
    await files({'a.js': '1', 'b.js': '2'})
    const digest = (...scripts: string[]) =>
      fileDigest({root: project, text: ''}, new Map(scripts.map((script) => [script, loadScript(project, script)])))
    expect(await digest('a.js', 'b.js')).toBe(await digest('b.js', 'a.js'))
    expect(await digest('a.js')).not.toBe(await digest('b.js'))
  })
})

describe('a hook of a plugin that a project uses', () => {
  const use = (entry: object) => files({'aurora.json': {hooks: [{use: 'team/limit', ...entry}]}})

  it('hears what the project says to it, once, and from where it is used', async () => {
    await home.linkHook(TELL, {...WITH, schema: LIMIT})
    expect(await reasons()).toEqual(['plugin team: null'])
    await use({with: {max: 3}})
    expect(await reasons()).toEqual([`project ${join(project, 'aurora.json')}: {"max":3}`])
  })

  it.each([
    [{max: 'many'}, /with\.max: .*"string".*"integer"/],
    [{max: 0}, /with\.max: 0 is less than 1/],
    [{}, /with: .*"max"/],
    [{max: 1, mx: 2}, /with\.mx: /],
    [[], /with: .*"array"/],
  ])('refuses %j, and says where it is wrong', async (value, message) => {
    await home.linkHook(TELL, {...WITH, schema: LIMIT})
    await use({with: value})
    await expect(home.chain(from())).rejects.toThrow(message)
  })

  it('takes nothing without a schema', async () => {
    await home.linkHook(TELL, WITH)
    await use({with: {max: 3}})
    await expect(home.chain(from())).rejects.toThrow(/it takes no 'with'/)
  })

  it.each([
    ['a pattern that takes for ever', {type: 'string', pattern: '^(a+)+$'}, `${'a'.repeat(40)}!`],
    ['references in a circle', {$ref: '#'}, 'x'],
    ['a pattern that is none', {type: 'string', pattern: '('}, 'x'],
  ])('is not held up by a schema with %s', async (_, schema, value) => {
    await home.linkHook(TELL, {...WITH, schema})
    await use({with: value})
    await expect(home.chain(from())).rejects.toThrow(/cannot be checked by the hook's schema/)
  })

  it('runs for the jobs of both conditions, and as it was installed for the others', async () => {
    await home.linkHook(TELL, {...WITH, schema: LIMIT, when: {role: 'w*'}})
    await use({with: {max: 3}, when: {environment: 'prod'}})
    const ask = async (role: string, environment: string) => {
      const job = {cluster: 'west', role, environment, name: 'hello'}
      return (await home.ask({...KILL, job}, from())).failures.map(({reason}) => reason)
    }
    expect(await ask('www', 'prod')).toEqual(['{"max":3}'])
    expect(await ask('www', 'devel')).toEqual(['null'])
    expect(await ask('mail', 'prod')).toEqual([])
  })

  it('may be used several times, in the order of the file', async () => {
    await home.linkHook(TELL, {...WITH, schema: LIMIT})
    const twice = [
      {use: 'team/limit', name: 'second', with: {max: 2}, after: ['first']},
      {use: 'team/limit', name: 'first', with: {max: 1}},
    ]
    await files({'aurora.json': {hooks: twice}})
    const {failures} = await home.ask(KILL, from())
    expect(failures.map(({hook, reason}) => [hook, reason])).toEqual([
      ['first', '{"max":1}'],
      ['second', '{"max":2}'],
    ])
  })

  it('that is optional runs only there', async () => {
    await home.linkHook(TELL, {...WITH, schema: LIMIT, optional: true})
    expect(await reasons()).toEqual([])
    await use({with: {max: 3}})
    expect(await reasons()).toHaveLength(1)
  })

  it.each([{onFailure: 'ignore'}, {needs: {prompt: true}}, {on: ['post:job.kill']}, {script: 'deny.js'}, {timeout: '9m'}])(
    'cannot be loosened by %j',
    async (entry) => {
      await home.linkHook(TELL, WITH)
      await use(entry)
      await expect(home.chain(from())).rejects.toThrow(/'limit': /)
    },
  )

  it('can be made stricter', async () => {
    await home.linkHook("throw new Error('broken')", {...WITH, onFailure: 'ignore'})
    expect(await reasons()).toEqual([])
    await use({onFailure: 'deny'})
    expect(await reasons()).toEqual([expect.stringMatching(/broken/)])
  })

  it('has the powers that its plugin was granted, and is blocked with it', async () => {
    await home.linkHook(TELL, WITH)
    await use({})
    await rm(join(home.dataDir, 'grants.json'))
    expect(await reasons()).toEqual([expect.stringMatching(/^project .*its plugin was never granted/)])
  })
})

describe('--hooks', () => {
  it('adds the hooks of a file to the run, wherever it lies', async () => {
    await files({
      'extra/more.yaml': 'hooks: [{name: deny, on: ["pre:job.kill"], script: deny.js}]',
      'extra/deny.js': `${SDK}export default () => deny('this time')`,
    })
    const given = [join(project, 'extra/more.yaml')]
    expect(await reasons(from({given}))).toEqual([`project ${given[0]}: this time`])
    expect(await reasons()).toEqual([])
  })

  it('runs the hooks of a file once that is also found', async () => {
    await files({'aurora.json': {hooks: [DENY]}, 'deny.js': `${SDK}export default () => deny('once')`})
    await symlink('aurora.json', join(project, 'again.json'))
    expect(await reasons(from({given: [join(project, 'again.json')]}))).toHaveLength(1)
  })

  it.each(['none.yaml', 'empty.json'])('refuses %s, which is no file of hooks', async (name) => {
    await files({'empty.json': {}})
    await expect(home.chain(from({given: [join(project, name)]}))).rejects.toThrow(UserError)
  })
})

describe.runIf(asRoot)('the policy', () => {
  const policy = () => ({policyFolder: join(project, 'etc')})
  const write = (contents: Record<string, unknown>) =>
    files(Object.fromEntries(Object.entries(contents).map(([name, content]) => [`etc/${name}`, content])))
  const HELD = {'policy.json': {hooks: [DENY]}, 'deny.js': `${SDK}export default () => deny('forbidden here')`}

  it('judges last, and has its powers without a grant', async () => {
    await write({
      ...HELD,
      'policy.json': {hooks: [{...DENY, needs: {prompt: true}}]},
      'deny.js': `${SDK}export default async (ctx) => deny(String(await ctx.prompt.confirm('Sure?')))`,
    })
    await home.linkHook(`${SDK}export default () => deny('team')`, {after: ['deny']})
    expect(await reasons(from(policy()))).toEqual(['plugin team: team', `policy ${join(project, 'etc/policy.json')}: true`])
    expect(home.logs()).toEqual([expect.stringMatching(/is to run after 'deny': that is a policy hook/)])
  })

  it('cannot be skipped: by name it exits 5, and all skips the others', async () => {
    await write(HELD)
    await home.linkHook(`${SDK}export default () => deny('team')`)
    await expect(home.chain({...from(policy()), skipHooks: 'guard,deny'})).rejects.toMatchObject({exitCode: 5, code: 'skip-hooks.policy'})
    expect(await reasons({...from(policy()), skipHooks: 'all'})).toEqual([`policy ${join(project, 'etc/policy.json')}: forbidden here`])
    expect(home.logs()).toEqual(['warn --skip-hooks all: policy hooks run all the same: deny'])
    expect(home.skips).toMatchObject([{hooks: [{hook: 'guard', source: 'plugin team'}]}])
  })

  it.each([
    ['no JSON', {'policy.json': '{'}, /JSON/],
    ['an unknown operation', {'policy.json': {hooks: [{...DENY, on: ['pre:job.kil']}]}, 'deny.js': ''}, /did you mean 'job.kill'/],
    ['both syntaxes', {'policy.json': {hooks: []}, 'policy.yaml': 'hooks: []'}, /both policy.json and policy.yaml/],
    ['a script that is not there', {'policy.json': {hooks: [DENY]}}, /deny.js/],
    ['a link that leads nowhere', {'policy.json': {hooks: []}}, /ENOENT/],
  ])('with %s denies everything', async (what, contents, message) => {
    await write(contents)
    if (what.startsWith('a link')) {
      await rm(join(project, 'etc/policy.json'))
      await symlink('nowhere', join(project, 'etc/policy.json'))
    }
    await expect(home.chain(from(policy()))).rejects.toThrow(HookDenied)
    await expect(home.chain(from(policy()))).rejects.toThrow(message)
    await expect(home.chain(from(policy()))).rejects.toMatchObject({exitCode: 4})
  })

  it.each(['policy.json', 'deny.js', '.', 'lib/rules.js', 'lib'])('denies when others than root can write %s, or own it', async (name) => {
    await write({...HELD, 'deny.js': `import './lib/rules.js'\n${HELD['deny.js']}`, 'lib/rules.js': ''})
    const path = join(project, 'etc', name)
    await chmod(path, 0o775)
    await expect(home.chain(from(policy()))).rejects.toThrow(/written by others than root/)
    await chmod(path, 0o755)
    await chown(path, 12345, 0)
    await expect(home.chain(from(policy()))).rejects.toThrow(/it belongs to another user|it does not belong to root/)
    await chown(path, 0, 0)
    expect(await reasons(from(policy()))).toHaveLength(1)
  })

  it('may guard operations of plugins that are not installed here', async () => {
    const hooks = [{...DENY, on: ['pre:team.deploy']}]
    await write({...HELD, 'policy.json': {operations: {'team.deploy': {}}, hooks}})
    expect(await reasons(from(policy()))).toEqual([])
  })
})
