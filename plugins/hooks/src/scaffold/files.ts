import {hookScript} from './script.ts'
import {testCases} from './cases.ts'

/** What a new hook is to be. */
export interface HookPlan {
  name: string
  /** `pre:job.kill` */
  on: readonly string[]
  language: 'ts' | 'js'
  /** The client's own. */
  version: string
}

/** The files of a plugin with one hook, by their paths. */
export function scaffoldFiles(plan: HookPlan): Record<string, string> {
  const {name, language} = plan
  return {
    'package.json': json(manifest(plan)),
    [`hooks/${name}.${language}`]: hookScript(plan),
    [`tests/${name}.yaml`]: testCases(plan),
    'tsconfig.json': json(compilerOptions(plan)),
    'README.md': readme(plan),
    '.gitignore': 'node_modules/\n',
  }
}

function manifest({name, on, language, version}: HookPlan): object {
  return {
    name: `aurora-${name.toLowerCase()}`,
    version: '1.0.0',
    type: 'module',
    files: ['hooks'],
    scripts: {test: 'aurora hooks test .', ...(language === 'ts' ? {check: 'tsc'} : {})},
    oclif: {},
    aurora: {hooks: [{name, on, script: `hooks/${name}.${language}`}]},
    devDependencies: {'@auroractl/cli': `^${version}`, ...(language === 'ts' ? {typescript: '>=5.9'} : {})},
  }
}

/** For the editor and for tsc; what runs is not compiled. */
function compilerOptions({language}: HookPlan): object {
  return {
    compilerOptions: {
      target: 'es2024',
      lib: ['es2024'],
      module: 'nodenext',
      types: [],
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      ...(language === 'js' ? {allowJs: true, checkJs: true} : {}),
    },
    include: ['hooks'],
  }
}

function readme({name, on}: HookPlan): string {
  return `# aurora-${name.toLowerCase()}

A hook for \`aurora\`. It runs at ${on.map((point) => `\`${point}\``).join(', ')}.

    aurora hooks test .      # run the cases in tests/
    aurora plugins link .    # use it on this machine
    aurora hooks list

The editor knows the types after \`npm install\`.
`
}

const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`
