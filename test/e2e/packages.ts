/** What the registry of the tests offers: one package of each kind that a user may meet. */
import {execFileSync} from 'node:child_process'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {repository} from './cli.ts'
import type {Package} from './registry.ts'

const SDK = "import {allow, defineHook, deny} from '@auroractl/cli/hook'\n"

/** The manifest of hooks, each in a script of its name. */
const hooks = (...entries: {name: string; [field: string]: unknown}[]) => ({
  hooks: entries.map((entry) => ({on: ['pre:hooks.grants'], script: `hooks/${entry.name}.js`, ...entry})),
})

const command = (body: string) => `import {AuroraCommand, UserError} from '@auroractl/cli'
export default class extends AuroraCommand {
  static summary = 'For the team.'
  async execute() { await this.parse(this.ctor); ${body} }
  render(result) { return JSON.stringify(result) + '\\n' }
}
`

/** Packages; code that must never run writes to `marker`. */
export function packages(marker: string): Package[] {
  const touch = `(await import('node:fs')).appendFileSync(${JSON.stringify(marker)}, import.meta.url + '\\n');\n`
  const script = `echo run >> ${marker}`
  return [
    {
      name: 'quiet-hooks',
      manifest: {
        main: 'main.js',
        scripts: {preinstall: script, install: script, postinstall: script},
        dependencies: {'noisy-dependency': '1.0.0'},
        oclif: {topics: {}},
        aurora: hooks({name: 'quiet', needs: {clock: true, store: true}}),
      },
      files: {
        'main.js': touch,
        'index.js': touch,
        'oclif.config.js': touch,
        '.oclifrc.js': touch,
        'commands/sneak.js': touch,
        'oclif.manifest.json': JSON.stringify({version: '1.0.0', commands: {sneak: {id: 'sneak', aliases: [], args: {}, flags: {}}}}),
        'hooks/quiet.js': `${SDK}export default defineHook(async (ctx) => { await ctx.store.set('asked', true); return deny('quiet says no') })\n`,
      },
    },
    {name: 'noisy-dependency', manifest: {scripts: {postinstall: script}}, files: {'index.js': touch}},
    {
      name: 'team-tools',
      manifest: {oclif: {commands: './commands', topicSeparator: ' '}},
      files: {'commands/team/greet.js': command("return 'hello'")},
    },
    {
      name: 'team-both',
      manifest: {oclif: {commands: './commands', topicSeparator: ' '}, aurora: hooks({name: 'both'})},
      files: {
        'commands/both/look.js': command("return 'looked'"),
        'hooks/both.js': `${SDK}export default defineHook(() => deny('both says no'))\n`,
      },
    },
    growing('1.0.0', {}),
    {
      name: 'broken-plugin',
      manifest: {oclif: {commands: './commands', topicSeparator: ' '}},
      files: {'commands/broken/bad.js': "throw new Error('broken at load')\n", 'commands/broken/good.js': command("return 'good'")},
    },
    {
      name: 'hanging-hook',
      manifest: {oclif: {}, aurora: hooks({name: 'hanging', timeout: '1s'})},
      files: {'hooks/hanging.js': `${SDK}export default defineHook(() => new Promise(() => {}))\n`},
    },
    {
      name: '@auroractl/cli',
      version: '0.0.1',
      manifest: {exports: './index.js'},
      files: {'index.js': "throw new Error('the wrong copy')\n"},
    },
    {
      name: 'own-copy',
      manifest: {dependencies: {'@auroractl/cli': '0.0.1'}, oclif: {commands: './commands', topicSeparator: ' '}},
      files: {
        'commands/copy/class.js': command(
          "const {AuroraCommand: theirs} = await import('@auroractl/cli'); return {same: this instanceof theirs, where: import.meta.resolve('@auroractl/cli')}",
        ),
        'commands/copy/error.js': command("throw new UserError('ours', {code: 'copy.ours'})"),
      },
    },
    {
      name: 'init-hook',
      manifest: {oclif: {hooks: {init: './init.js'}}},
      files: {'init.js': `${touch}export default async () => {}\n`},
    },
    {name: 'no-plugin', files: {'index.js': touch}},
    {
      name: 'wrong-manifest',
      manifest: {oclif: {}, aurora: {hooks: [{name: 'x', on: ['pre:job.kil'], script: 'x.js'}]}},
      files: {'x.js': ''},
    },
  ]
}

/** A package that asks for more as it grows. */
export function growing(version: string, needs: object): Package {
  return {
    name: 'growing-hooks',
    version,
    manifest: {oclif: {}, aurora: hooks({name: 'grow', needs})},
    files: {'hooks/grow.js': `${SDK}export default defineHook((ctx) => { ctx.log.info('grown ${version}'); return allow() })\n`},
  }
}

/** A package that is written in TypeScript, against the types of this product, and published as `tsc` makes it. */
export function typedPackage(folder: string): Package {
  const source = {
    'commands/typed/key.ts': `import {AuroraCommand, formatJobKey, jobKeyArg} from '@auroractl/cli'
export default class Key extends AuroraCommand<string> {
  static override args = {job: jobKeyArg({required: true})}
  protected async execute(): Promise<string> {
    const {args} = await this.parse(Key)
    return formatJobKey(args.job)
  }
  protected override render(key: string): string { return key + '\\n' }
}
`,
    'hooks/typed.ts': `import {defineHook, deny} from '@auroractl/cli/hook'
export default defineHook((ctx) => deny(\`typed \${ctx.operation}\`))
`,
  }
  for (const [path, text] of Object.entries(source)) {
    mkdirSync(join(folder, 'src', path, '..'), {recursive: true})
    writeFileSync(join(folder, 'src', path), text)
  }
  const types = join(repository, 'dist/types')
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2024',
    strict: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(repository, 'node_modules/@types')],
    rootDir: 'src',
    outDir: 'lib',
    paths: {'@auroractl/cli': [join(types, 'index.d.ts')], '@auroractl/cli/hook': [join(types, 'hook.d.ts')]},
  }
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}')
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({compilerOptions, include: ['src']}))
  execFileSync(process.execPath, [join(repository, 'node_modules/typescript/bin/tsc'), '-p', folder], {stdio: 'inherit'})
  const built = (path: string) => [`lib/${path}`, readFileSync(join(folder, 'lib', path), 'utf8')]
  return {
    name: 'typed-plugin',
    manifest: {
      oclif: {commands: './lib/commands', topicSeparator: ' '},
      aurora: {hooks: [{name: 'typed', on: ['pre:hooks.grants'], script: 'lib/hooks/typed.js'}]},
    },
    files: Object.fromEntries([built('commands/typed/key.js'), built('hooks/typed.js')]),
  }
}
