/** Hooks with npm packages, and with TypeScript that is more than types: in the real sandbox. */
import {chmod, mkdir, readdir, rm, symlink, utimes, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest'
import {hookSources} from '../../src/hook/script-sources.ts'
import {keptBuild} from '../../src/hook/script/kept-builds.ts'
import {Home, KILL} from './fixture.ts'

let home: Home
beforeEach(async () => {
  home = await Home.create()
  vi.stubEnv('XDG_CACHE_HOME', join(home.dataDir, 'cache'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await home.remove()
})

const SCRIPT = 'hooks/guard.ts'
const SHOUT = {
  'node_modules/shout/package.json': JSON.stringify({name: 'shout', version: '1.2.3', main: 'lib/shout.js'}),
  'node_modules/shout/lib/shout.js':
    'exports.shout = function shout(text) {\n  return text.toUpperCase() + require("./mark.json").mark\n}\n',
  'node_modules/shout/lib/mark.json': '{"mark": "!"}',
}
const deny = (expression: string, imports = '') =>
  `import {deny} from '@auroractl/cli/hook'\n${imports}\nexport default () => deny(String(${expression}))\n`

/** Links a plugin whose hook has this source, beside these files. */
async function linkWith(
  source: string,
  files: Record<string, string> = SHOUT,
  manifest: object = {dependencies: {shout: '1', other: '1'}},
) {
  const hooks = [{name: 'guard', on: ['pre:job.kill'], script: SCRIPT}]
  const all = {
    'package.json': JSON.stringify({name: 'team', version: '1.0.0', oclif: {}, aurora: {hooks}, ...manifest}),
    [SCRIPT]: source,
    ...files,
  }
  await home.link({name: 'team', hooks, files: all})
}
const write = async (path: string, text: string) => {
  const file = join(home.root('team'), path)
  await mkdir(dirname(file), {recursive: true})
  await writeFile(file, text)
}
const reasons = async (view = KILL) => (await home.ask(view)).failures.map(({reason}) => reason)

describe('packages', () => {
  it('are bundled: CommonJS with data, by name; ES modules, by their exports; and what they need themselves', async () => {
    await linkWith(
      deny(
        '[shout("a"), twice(2), half].join()',
        "import {shout} from 'shout'\nimport twice from 'other'\nimport {half} from 'other/half'",
      ),
      {
        ...SHOUT,
        'node_modules/other/package.json': JSON.stringify({
          name: 'other',
          version: '2.0.0',
          exports: {'.': './main.mjs', './half': './parts/half.mjs'},
        }),
        'node_modules/other/main.mjs': "import inner from 'inner'\nexport default (x) => inner * x",
        'node_modules/other/parts/half.mjs': 'export const half = 0.5',
        'node_modules/other/node_modules/inner/package.json': '{"name": "inner", "version": "3.0.0", "main": "i.js"}',
        'node_modules/other/node_modules/inner/i.js': 'module.exports = 2',
      },
    )
    expect(await reasons()).toEqual(['A!,4,0.5'])
  })

  it('are taken from where npm puts those of an installed plugin, and of a workspace', async () => {
    await linkWith('')
    for (const plugin of ['node_modules/installed', 'workspace/packages/hooks']) {
      const root = join(home.dataDir, plugin)
      const packages = plugin.startsWith('node_modules')
        ? join(home.dataDir, 'node_modules/shout')
        : join(home.dataDir, 'workspace/node_modules/shout')
      await mkdir(root, {recursive: true})
      await mkdir(packages, {recursive: true})
      await writeFile(join(home.dataDir, 'workspace.json'), '')
      await mkdir(join(home.dataDir, 'workspace'), {recursive: true})
      await writeFile(join(home.dataDir, 'workspace/package.json'), '{"workspaces": ["packages/*"]}')
      await writeFile(join(packages, 'package.json'), '{"name": "shout", "version": "4.0.0", "main": "s.js"}')
      await writeFile(join(packages, 's.js'), 'exports.shout = (x) => x')
      await writeFile(join(root, 'package.json'), '{"name": "x", "dependencies": {"shout": "4"}}')
      await writeFile(join(root, 'hook.js'), deny('shout(1)', "import {shout} from 'shout'"))
      expect((await hookSources(root, 'hook.js')).map(({name}) => name)).toEqual([
        'hook.js',
        'package.json',
        'shout@4.0.0/package.json',
        'shout@4.0.0/s.js',
      ])
    }
  })

  it('are not taken from a workspace that others can write', async () => {
    const root = join(home.dataDir, 'open/packages/x')
    await mkdir(root, {recursive: true})
    await mkdir(join(home.dataDir, 'open/node_modules/shout'), {recursive: true})
    await writeFile(join(home.dataDir, 'open/package.json'), '{"workspaces": ["packages/*"]}')
    await writeFile(join(home.dataDir, 'open/node_modules/shout/package.json'), '{"name": "shout", "version": "4.0.0", "main": "s.js"}')
    await writeFile(join(home.dataDir, 'open/node_modules/shout/s.js'), 'exports.shout = (x) => x')
    await writeFile(join(root, 'package.json'), '{"name": "x", "dependencies": {"shout": "4"}}')
    await writeFile(join(root, 'hook.js'), deny('shout(1)', "import {shout} from 'shout'"))
    await chmod(join(home.dataDir, 'open'), 0o777)
    await expect(hookSources(root, 'hook.js')).rejects.toThrow(/outside the plugin's folder|there is no 'shout'/)
  })

  it('that carry the SDK get the one of the host', async () => {
    await linkWith(deny('ask()', "import {ask} from 'shout'"), {
      'node_modules/shout/package.json': '{"name": "shout", "version": "1.0.0", "type": "module", "main": "m.js"}',
      'node_modules/shout/m.js': "import {deny} from '@auroractl/cli/hook'\nexport const ask = () => deny('by the host').reason",
      'node_modules/shout/node_modules/@auroractl/cli/package.json':
        '{"name": "@auroractl/cli", "version": "9.9.9", "exports": {"./hook": "./hook.js"}}',
      'node_modules/shout/node_modules/@auroractl/cli/hook.js': "export const deny = () => ({reason: 'by a copy'})",
    })
    expect(await reasons()).toEqual(['by the host'])
  })

  it.each<[string, string, Record<string, string>, RegExp]>([
    [
      'wants a built-in of Node',
      "import {shout} from 'shout'",
      {...SHOUT, 'node_modules/shout/lib/shout.js': 'exports.shout = require("node:fs").readFileSync'},
      /shout@1\.2\.3\/lib\/shout\.js:1: it wants Node's 'node:fs', which no hook has: a hook reaches the world by ctx alone/,
    ],
    ['is a built-in of Node', "import {readFileSync as shout} from 'fs'", {}, /hooks\/guard\.ts:2: it wants Node's 'fs'/],
    ['is not installed', "import {shout} from 'shout'", {}, /hooks\/guard\.ts:2: there is no 'shout'; is it installed\?/],
    [
      'is not declared',
      "import {shout} from 'undeclared'",
      {'node_modules/undeclared/index.js': 'exports.shout = 1'},
      /hooks\/guard\.ts:2: 'undeclared' is not among the dependencies in the plugin's package\.json/,
    ],
    [
      'is the SDK of commands',
      "import {shout} from '@auroractl/cli'",
      {},
      /'@auroractl\/cli' is not for hooks; they import '@auroractl\/cli\/hook'/,
    ],
    [
      'has a native part',
      "import {shout} from 'shout'",
      {...SHOUT, 'node_modules/shout/lib/shout.js': 'exports.shout = require("./x.node")', 'node_modules/shout/lib/x.node': ''},
      /shout@1\.2\.3\/lib\/x\.node is no JavaScript/,
    ],
    [
      'does not parse',
      "import {shout} from 'shout'",
      {...SHOUT, 'node_modules/shout/lib/shout.js': '\nexports.shout = ='},
      /shout@1\.2\.3\/lib\/shout\.js:2: Unexpected "="/,
    ],
    [
      'is too large',
      "import {shout} from 'shout'",
      {...SHOUT, 'node_modules/shout/lib/shout.js': ' '.repeat(5 << 20)},
      /shout@1\.2\.3\/lib\/shout\.js is too large/,
    ],
  ])('one that %s is an error that says so', async (_, imports, files, problem) => {
    await linkWith(deny('shout', imports), files)
    expect(await reasons()).toEqual([expect.stringMatching(problem)])
  })

  it.each(['node_modules/shout', 'node_modules/shout/lib/shout.js'])('are not taken through a link that leads out, as %s', async (link) => {
    await linkWith(deny('shout', "import {shout} from 'shout'"))
    const [outside, inside] = [join(home.dataDir, 'outside'), join(home.root('team'), link)]
    await mkdir(join(outside, 'lib'), {recursive: true})
    await writeFile(join(outside, 'package.json'), SHOUT['node_modules/shout/package.json'])
    await writeFile(join(outside, 'lib/shout.js'), 'exports.shout = "secret"')
    await rm(inside, {recursive: true})
    await symlink(link.endsWith('.js') ? join(outside, 'lib/shout.js') : outside, inside)
    expect(await reasons()).toEqual([expect.stringMatching(/outside.* lies outside the plugin's folder and its packages/)])
  })

  it('cannot change how they are built', async () => {
    await linkWith(deny('shout("a")', "import {shout} from 'shout'"), {
      ...SHOUT,
      'tsconfig.json': '{"compilerOptions": {"paths": {"shout": ["./evil.ts"]}}}',
      'evil.ts': 'export const shout = () => "evil"',
    })
    expect(await reasons()).toEqual(['A!'])
  })
})

describe('an error shows the place in the source', () => {
  it('of TypeScript that is more than types', async () => {
    await linkWith(
      `enum Kind {\n  one,\n  two,\n}\nclass Rule {\n  constructor(readonly kind: Kind) {}\n}\n\nexport default () => {\n  throw new Error(String(new Rule(Kind.two).kind))\n}\n`,
    )
    expect(await reasons()).toEqual(['1 (hooks/guard.ts:10)'])
  })

  it("of a package, and of the hook's call", async () => {
    await linkWith(`import {shout} from 'shout'\n\nexport default () => {\n  shout(undefined)\n}\n`)
    expect(await reasons()).toEqual([expect.stringMatching(/ \(shout@1\.2\.3\/lib\/shout\.js:2, called at hooks\/guard\.ts:4\)$/)])
  })

  it('of what a package was made of, when it says', async () => {
    const map = Buffer.from(JSON.stringify({version: 3, sources: ['../src/shout.ts'], names: [], mappings: 'AAQA'})).toString('base64')
    const code = `exports.shout = () => { throw new Error('inside') }\n//# sourceMappingURL=data:application/json;base64,${map}`
    await linkWith(`import {shout} from 'shout'\nexport default () => shout()\n`, {...SHOUT, 'node_modules/shout/lib/shout.js': code})
    expect(await reasons()).toEqual(['inside (shout@1.2.3/src/shout.ts:9, called at hooks/guard.ts:2)'])
  })
})

describe('what was built', () => {
  const kept = () => keptBuild(home.root('team'), SCRIPT)
  /** What has just been written is not kept: it might be written again in the same tick of the clock. */
  const settled = () =>
    vi.waitFor(
      async () => {
        await hookSources(home.root('team'), SCRIPT)
        expect(kept()).toBeDefined()
      },
      {timeout: 10_000},
    )

  it('is kept, and used again', async () => {
    await linkWith(deny('shout("a")', "import {shout} from 'shout'"))
    await settled()
    expect(await reasons()).toEqual(['A!'])
  })

  it.each<[string, () => Promise<void>, string]>([
    ['the hook', () => write(SCRIPT, deny('shout("b")', "import {shout} from 'shout'")), 'B!'],
    ['a file of a package', () => write('node_modules/shout/lib/mark.json', '{"mark": "?"}'), 'A?'],
    [
      "a package's main file",
      () =>
        write('node_modules/shout/package.json', '{"name": "shout", "version": "2.0.0", "main": "new.js"}').then(() =>
          write('node_modules/shout/new.js', 'exports.shout = () => "new"'),
        ),
      'new',
    ],
    ['what is found first', () => write('hooks/node_modules/shout/index.js', 'exports.shout = () => "nearer"'), 'nearer'],
  ])('is made anew when %s changes', async (_, change, reason) => {
    await linkWith(deny('shout("a")', "import {shout} from 'shout'"))
    await settled()
    await change()
    expect(kept()).toBeUndefined()
    expect(await reasons()).toEqual([reason])
  })

  it('is made anew when a file changes within its size and its time', async () => {
    await linkWith(deny('shout("a")', "import {shout} from 'shout'"))
    await settled()
    const file = 'node_modules/shout/lib/mark.json'
    await write(file, '{"mark": "?"}')
    await utimes(join(home.root('team'), file), new Date(0), new Date(0))
    expect(await reasons()).toEqual(['A?'])
  })

  it.each(['{', '{"format": 1}', ''])('is not used when what is kept is %j', async (text) => {
    await linkWith(deny('shout("a")', "import {shout} from 'shout'"))
    await settled()
    const folder = join(home.dataDir, 'cache/aurora/hooks')
    for (const file of await readdir(folder)) await writeFile(join(folder, file), text)
    expect(kept()).toBeUndefined()
    expect(await reasons()).toEqual(['A!'])
  })
})

describe('the sources of a hook', () => {
  it('are its files and those of its packages, with digests that change with them', async () => {
    await linkWith(deny('shout(a)', "import {shout} from 'shout'\nimport {a} from './lib.ts'"), {
      ...SHOUT,
      'hooks/lib.ts': 'export const a: string = "a"',
    })
    const before = await hookSources(home.root('team'), SCRIPT)
    expect(before).toEqual(
      [
        'hooks/guard.ts',
        'hooks/lib.ts',
        'package.json',
        'shout@1.2.3/lib/mark.json',
        'shout@1.2.3/lib/shout.js',
        'shout@1.2.3/package.json',
      ].map((name) => ({
        name,
        digest: expect.stringMatching(/^[\da-f]{64}$/),
      })),
    )
    await write('node_modules/shout/lib/mark.json', '{"mark": "?"}')
    const after = await hookSources(home.root('team'), SCRIPT)
    expect(after.filter(({digest}, i) => digest !== before[i]?.digest).map(({name}) => name)).toEqual(['shout@1.2.3/lib/mark.json'])
  })

  it('change with what a manifest makes of the same files, and not with the rest of it', async () => {
    await linkWith(deny('shout(a)', "import {shout} from 'shout'\nimport {a} from './lib.ts'"), {
      ...SHOUT,
      'hooks/lib.ts': 'export const a: string = "a"',
    })
    const before = await hookSources(home.root('team'), SCRIPT)
    const manifest = JSON.parse(SHOUT['node_modules/shout/package.json']) as object
    await write('node_modules/shout/package.json', JSON.stringify({...manifest, description: 'loud'}))
    expect(await hookSources(home.root('team'), SCRIPT)).toEqual(before)
    await write('node_modules/shout/package.json', JSON.stringify({...manifest, sideEffects: false}))
    expect(await hookSources(home.root('team'), SCRIPT)).not.toEqual(before)
  })

  it('are read without bundling when no package is imported', async () => {
    await linkWith(deny('a', "import {a} from './lib.js'"), {'hooks/lib.ts': 'export const a: string = "a"'})
    expect((await hookSources(home.root('team'), SCRIPT)).map(({name}) => name)).toEqual(['hooks/guard.ts', 'hooks/lib.ts'])
    expect(await reasons()).toEqual(['a'])
  })
})
