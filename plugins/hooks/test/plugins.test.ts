import {mkdir, mkdtemp, readFile, realpath, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {type OperationTable, pluginManager} from '@auroractl/cli'
import {listHooks} from '../src/operations/list.ts'
import {reportPlugin} from '../src/report.ts'
import {hookTable} from '../src/render/hook-table.ts'
import {pluginText} from '../src/render/plugin.ts'

const OPERATIONS = {'job.create': {}, 'job.kill': {}, 'job.killall': {calls: ['job.kill']}}
const EXAMPLE = fileURLToPath(new URL('../../../docs/examples/no-prod-kill', import.meta.url))

const {findPlugin, inspectPlugin, linkPlugin, unlinkPlugin} = await pluginManager()

async function link(data: string, path: string, operations: OperationTable) {
  const plugin = await inspectPlugin(path, operations)
  await linkPlugin(data, plugin, operations)
  return reportPlugin(plugin)
}

let home: string
let data: string
beforeEach(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'aurora-plugins-')))
  data = join(home, 'data')
})
afterEach(() => rm(home, {recursive: true}))

async function plugin(name: string, content: object | string, files: Record<string, string> = {}): Promise<string> {
  const root = join(home, name)
  await mkdir(root, {recursive: true})
  await writeFile(join(root, 'package.json'), typeof content === 'string' ? content : JSON.stringify({name, version: '2.0.0', ...content}))
  for (const [file, text] of Object.entries(files)) await writeFile(join(root, file), text)
  return root
}

const hooks = (...names: string[]) => ({
  oclif: {},
  aurora: {hooks: names.map((name) => ({name, on: ['pre:job.kill'], script: `${name}.js`}))},
})
const pluginList = async () => (JSON.parse(await readFile(join(data, 'package.json'), 'utf8')) as {oclif: {plugins: unknown}}).oclif.plugins

describe('plugins link', () => {
  it('shows hooks, points and powers, registers the plugin and grants them', async () => {
    const report = await link(data, EXAMPLE, OPERATIONS)
    expect(pluginText(report)).toBe(
      [
        `aurora-no-prod-kill 1.0.0 (${EXAMPLE})`,
        '  hook no-prod-kill',
        '    runs at pre:job.kill where environment is prod',
        '    may ask you questions on the terminal',
        '',
      ].join('\n'),
    )
    expect(await pluginList()).toEqual([{name: 'aurora-no-prod-kill', root: EXAMPLE, type: 'link'}])
    const list = await listHooks(data, OPERATIONS)
    expect(list).toEqual({problems: [], hooks: [expect.objectContaining({name: 'no-prod-kill', state: 'ready'})]})
    expect(hookTable(list).split('\n')[1]).toMatch(
      /^no-prod-kill +plugin +plugin aurora-no-prod-kill +pre:job\.kill +prompt +environment is prod +ready$/,
    )
  })

  it('keeps other entries of the list, and replaces its own', async () => {
    await mkdir(data)
    await writeFile(
      join(data, 'package.json'),
      JSON.stringify({name: 'aurora', dependencies: {x: '1'}, oclif: {schema: 1, plugins: ['y', {name: 'z', type: 'user'}]}}),
    )
    await link(data, await plugin('team', hooks('guard'), {'guard.js': ''}), OPERATIONS)
    const second = await plugin('moved', {...hooks('guard'), name: 'team'}, {'guard.js': ''})
    await link(data, second, OPERATIONS)
    expect(await pluginList()).toEqual(['y', {name: 'z', type: 'user'}, {name: 'team', root: second, type: 'link'}])
    expect(JSON.parse(await readFile(join(data, 'package.json'), 'utf8'))).toMatchObject({name: 'aurora', dependencies: {x: '1'}})
  })

  it('again grants what the plugin wants by now', async () => {
    const root = await plugin('team', hooks('guard'), {'guard.js': ''})
    await link(data, root, OPERATIONS)
    await plugin('team', hooks('guard', 'other'), {'other.js': ''})
    const states = async () => (await listHooks(data, OPERATIONS)).hooks.map(({name, state}) => `${name} ${state}`)
    expect(await states()).toEqual(['guard ready', 'other blocked'])
    expect(hookTable(await listHooks(data, OPERATIONS))).toMatch(
      /\nother is blocked: it is not granted: it is new in this version of the plugin/,
    )
    await link(data, root, OPERATIONS)
    expect(await states()).toEqual(['guard ready', 'other ready'])
  })

  it('says that a plugin brings code with all powers of the user', async () => {
    const report = await link(data, await plugin('team', {oclif: {commands: './commands'}}), OPERATIONS)
    expect(report).toMatchObject({unconfined: ['commands'], hooks: []})
    expect(pluginText(report)).toMatch(/outside the sandbox, with all your powers/)
  })

  it.each<[string, object | string, RegExp]>([
    ['no package.json that can be read', '{', /holds no plugin: /],
    ['no name', {name: 7}, /has no valid name/],
    ['no oclif key', {aurora: {hooks: []}}, /is no plugin: its package.json has no 'oclif' key/],
    ['neither hooks nor commands', {oclif: {topics: {}}}, /brings neither hooks nor loaders nor commands/],
    ['a missing script', hooks('guard'), /hook 'guard': there is no file guard.js/],
    ['an unknown operation', {oclif: {}, aurora: {hooks: [{name: 'a', on: ['pre:job.kil'], script: 'a.js'}]}}, /did you mean 'job.kill'/],
    [
      'a power that does not exist',
      {oclif: {}, aurora: {hooks: [{name: 'a', on: ['pre:job.kill'], script: 'a.js', needs: {promt: true}}]}},
      /unknown power 'promt'/,
    ],
  ])('refuses a folder with %s, and changes nothing', async (_, content, problem) => {
    await expect(link(data, await plugin('team', content), OPERATIONS)).rejects.toThrow(problem)
    await expect(readFile(join(data, 'package.json'))).rejects.toThrow('ENOENT')
    await expect(readFile(join(data, 'grants.json'))).rejects.toThrow('ENOENT')
  })

  it('refuses a folder that is not there', async () => {
    await expect(link(data, join(home, 'absent'), OPERATIONS)).rejects.toThrow(/absent holds no plugin/)
  })

  it('refuses hooks that cannot be ordered among the others', async () => {
    const wish = (name: string, after: string) => ({
      oclif: {},
      aurora: {hooks: [{name, on: ['pre:job.kill'], script: 'a.js', after: [after]}]},
    })
    await link(data, await plugin('one', wish('a', 'b'), {'a.js': ''}), OPERATIONS)
    await expect(link(data, await plugin('two', wish('b', 'a'), {'a.js': ''}), OPERATIONS)).rejects.toThrow(/cannot be ordered/)
    expect(await pluginList()).toHaveLength(1)
  })
})

describe('plugins unlink', () => {
  it('forgets the plugin and its grants, by name or folder', async () => {
    for (const how of ['aurora-no-prod-kill', EXAMPLE]) {
      await link(data, EXAMPLE, OPERATIONS)
      const {name} = await findPlugin(data, how)
      await unlinkPlugin(data, name)
      expect(await pluginList()).toEqual([])
      expect(JSON.parse(await readFile(join(data, 'grants.json'), 'utf8'))).toEqual({version: 1, plugins: {}, files: {}})
    }
  })

  it('names the plugins that there are when it is none of them', async () => {
    await expect(findPlugin(data, 'x')).rejects.toMatchObject({message: "no plugin 'x' is installed", remedy: 'No plugin is installed.'})
    await link(data, EXAMPLE, OPERATIONS)
    await expect(findPlugin(data, 'x')).rejects.toMatchObject({remedy: 'Installed are: aurora-no-prod-kill.'})
  })
})

it('no hooks are listed without plugins', async () => {
  expect(hookTable(await listHooks(data, OPERATIONS))).toBe('There are no hooks: no installed plugin brings any, nor does a file here.\n')
})
