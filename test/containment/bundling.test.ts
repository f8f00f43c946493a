import {execFileSync} from 'node:child_process'
import {mkdir, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {expectHeld} from './attack.ts'
import {Stage} from './stage.ts'

const MANIFEST = (dependencies: object) => JSON.stringify({name: 'attacker', version: '1.0.0', dependencies})

/** An attacker with a package of its own, which is bundled on the host. */
async function bundled(
  script: string,
  files: Record<string, string>,
  prepare: (root: string, stage: Stage) => Promise<void> = async () => {},
): Promise<string[]> {
  const stage = await Stage.open()
  try {
    const {package: manifest, ...rest} = {package: JSON.stringify({name: 'dep', version: '1.0.0', main: 'index.js'}), ...files}
    await stage.attacker(script, {}, {'node_modules/dep/package.json': manifest, ...rest})
    const root = stage.home.root('attacker')
    const own = {
      ...(JSON.parse(MANIFEST({dep: '1'})) as object),
      oclif: {},
      aurora: {hooks: [{name: 'attack', on: ['pre:job.kill'], script: 'attack.js'}]},
    }
    await writeFile(join(root, 'package.json'), JSON.stringify(own))
    await prepare(root, stage)
    const {failures, acted} = await stage.run()
    expect(acted).toBe(failures.length === 0)
    expect(await stage.touched()).toEqual([])
    return failures.map(({hook, reason}) => `${hook}: ${reason}`)
  } finally {
    await stage.close()
  }
}

describe('a package that is bundled', () => {
  it('reads no file outside by a path', async () => {
    const code = `import {secret} from '../../../../secrets/secret.js'\nexport const x = secret`
    const said = await bundled(`import {x} from 'dep'\nexport default () => ({decision: 'deny', reason: x})`, {
      'node_modules/dep/index.js': code,
    })
    expect(said).toEqual([expect.stringMatching(/^attack: .*secret\.js lies outside the plugin's folder and its packages/)])
  })

  it('reads no file outside by a link', async () => {
    const said = await bundled(
      `import {x} from 'dep'\nexport default () => ({decision: 'deny', reason: x})`,
      {'node_modules/dep/index.js': `import {secret} from './link.js'\nexport const x = secret`},
      (root, stage) => symlink(stage.secretFile, join(root, 'node_modules/dep/link.js')),
    )
    expect(said).toEqual([expect.stringMatching(/^attack: .*(lies outside the plugin's folder and its packages|there is no)/)])
  })

  it('reads no folder of packages that a link puts elsewhere', async () => {
    const said = await bundled(
      `import {secret} from 'stolen/secret.js'\nexport default () => ({decision: 'deny', reason: secret})`,
      {'node_modules/dep/index.js': ''},
      (root, stage) => symlink(join(stage.secretFile, '..'), join(root, 'node_modules/stolen')),
    )
    expect(said).toEqual([expect.stringMatching(/^attack: .*('stolen' is not among the dependencies|lies outside)/)])
  })

  it('reads nothing but scripts and JSON', async () => {
    const said = await bundled(`import x from 'dep'\nexport default () => {}`, {
      'node_modules/dep/index.js': `import './key.pem'`,
      'node_modules/dep/key.pem': 'KEY',
    })
    expect(said).toEqual([expect.stringMatching(/^attack: .*key\.pem is no JavaScript, TypeScript or JSON file/)])
  })

  it.each(['../../pipe', '/dev/zero', '../../../../../../../../../../dev/zero'])('has no source map read from %s', async (map) => {
    const said = await bundled(
      `import {x} from 'dep'\nexport default () => ({decision: 'deny', reason: x})`,
      {'node_modules/dep/index.js': `export const x = 'bundled'\n//# sourceMappingURL=${map}`},
      async (root) => void execFileSync('mkfifo', [join(root, 'pipe')]),
    )
    expect(said).toEqual(['attack: bundled'])
  })

  it('has no settings of its own', async () => {
    const said = await bundled(`import {x} from 'dep'\nexport default () => ({decision: 'deny', reason: x})`, {
      'node_modules/dep/index.js': `export const x = 'plain'`,
      'tsconfig.json': JSON.stringify({compilerOptions: {paths: {dep: ['../../secrets/secret.js']}}}),
      'node_modules/dep/tsconfig.json': JSON.stringify({extends: '../../../../secrets/secret.js'}),
    })
    expect(said).toEqual(['attack: plain'])
  })

  it('is not redirected out of its folder by its package.json', async () => {
    const said = await bundled(`import * as dep from 'dep'\nexport default () => ({decision: 'deny', reason: dep.secret})`, {
      package: JSON.stringify({
        name: 'dep',
        version: '1.0.0',
        main: '../../../../secrets/secret.js',
        browser: {'./index.js': '../../../../secrets/secret.js'},
      }),
      'node_modules/dep/index.js': '',
    })
    expect(said).toEqual([expect.stringMatching(/^attack: .*(lies outside|there is no 'dep'|needs|undefined|without a reason)/)])
  })

  it('brings no Node by what replaces it in a browser', async () => {
    const said = await bundled(`import {has} from 'dep'\nexport default () => ({decision: 'deny', reason: 'has ' + has.join()})`, {
      'node_modules/dep/index.js': `export const has = ['process', 'require', 'Buffer', 'window', 'document'].filter((name) => name in globalThis)`,
    })
    expect(said).toEqual(['attack: has '])
  })

  it('cannot bring an SDK of its own in the place of the host’s', async () => {
    const said = await bundled(`import {deny} from '@auroractl/cli/hook'\nexport default () => deny('by the host')`, {
      'node_modules/dep/index.js': '',
      'node_modules/@auroractl/cli/package.json': JSON.stringify({
        name: '@auroractl/cli',
        version: '9.9.9',
        exports: {'./hook': './hook.js'},
      }),
      'node_modules/@auroractl/cli/hook.js': `export const deny = () => ({decision: 'allow'})`,
    })
    expect(said).toEqual(['attack: by the host'])
  })

  it('of twenty megabytes is refused', async () => {
    const said = await bundled(`import 'dep'\nexport default () => {}`, {
      'node_modules/dep/index.js': Array.from({length: 6}, (_, i) => `import './big${i}.js'`).join('\n'),
      ...Object.fromEntries(Array.from({length: 6}, (_, i) => [`node_modules/dep/big${i}.js`, `/*${'x'.repeat(3 << 20)}*/`])),
    })
    expect(said).toEqual([expect.stringMatching(/too large, or one of too many/)])
  })

  it('of three thousand files is refused', async () => {
    const said = await bundled(`import 'dep'\nexport default () => {}`, {
      'node_modules/dep/index.js': Array.from({length: 2100}, (_, i) => `import './m${i}.js'`).join('\n'),
      ...Object.fromEntries(Array.from({length: 2100}, (_, i) => [`node_modules/dep/m${i}.js`, ''])),
    })
    expect(said).toEqual([expect.stringMatching(/too large, or one of too many/)])
  })
})

describe('the host, while it reads a script,', () => {
  it('looks for imports in what is no import, without end', () =>
    expectHeld({script: `export default () => {}\n//${'import'.padEnd(300_000)}x${'from('.padEnd(100_000)}`}))

  it('outlives types that are nested two hundred thousand deep, and so do the scripts of others', async () => {
    const stage = await Stage.open()
    try {
      await stage.link({
        name: 'attacker',
        hooks: [{name: 'attack', on: ['pre:job.kill'], script: 'a.ts'}],
        files: {'a.ts': `const x: number = ${'['.repeat(200_000)}1${']'.repeat(200_000)}\nexport default () => {}`},
      })
      await stage.link({
        name: 'typed',
        hooks: [{name: 'typed', on: ['pre:job.kill'], script: 't.ts'}],
        files: {'t.ts': `const why: string = 'typed'\nexport default () => ({decision: 'deny', reason: why})`},
      })
      const {failures} = await stage.run()
      expect(failures).toEqual([
        {hook: 'attack', source: 'plugin attacker', reason: expect.stringMatching(/./)},
        {hook: 'typed', source: 'plugin typed', reason: 'typed'},
      ])
    } finally {
      await stage.close()
    }
  })

  it('follows no link out of the plugin', async () => {
    const stage = await Stage.open()
    try {
      await stage.attacker(`import {secret} from './link.js'\nexport default () => ({decision: 'deny', reason: secret})`)
      await symlink(stage.secretFile, join(stage.home.root('attacker'), 'link.js'))
      expect((await stage.run()).failures).toEqual([
        {hook: 'attack', source: 'plugin attacker', reason: expect.stringMatching(/lies outside the plugin's folder/)},
      ])
      expect(await stage.touched()).toEqual([])
    } finally {
      await stage.close()
    }
  })

  it('follows no link that is a folder out of the plugin', async () => {
    const stage = await Stage.open()
    try {
      await stage.attacker(`import {secret} from './lib/secret.js'\nexport default () => ({decision: 'deny', reason: secret})`)
      await symlink(join(stage.secretFile, '..'), join(stage.home.root('attacker'), 'lib'))
      expect((await stage.run()).failures).toEqual([
        {hook: 'attack', source: 'plugin attacker', reason: expect.stringMatching(/lies outside the plugin's folder/)},
      ])
      expect(await stage.touched()).toEqual([])
    } finally {
      await stage.close()
    }
  })

  it('opens no pipe and no device', async () => {
    const stage = await Stage.open()
    try {
      await stage.attacker(`import './pipe.js'\nexport default () => {}`)
      await mkdir(join(stage.home.root('attacker'), 'x'))
      execFileSync('mkfifo', [join(stage.home.root('attacker'), 'pipe.js')])
      expect((await stage.run()).failures).toEqual([
        {hook: 'attack', source: 'plugin attacker', reason: expect.stringMatching(/no JavaScript or TypeScript file/)},
      ])
    } finally {
      await stage.close()
    }
  })
})
