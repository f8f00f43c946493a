import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Row} from './measure.ts'

/** Installed plugins of one user: how many hooks each has, and for which environments they are. */
interface Scene {
  name: string
  plugins: readonly number[]
  environment?: string
  target?: string
}

/** A hook that allows. */
export const HOOK_SCRIPT = "import {allow, defineHook} from '@auroractl/cli/hook'\nexport default defineHook(() => allow())\n"

const NONE = 'job kill (nothing), no hook'
const ONE = 'the same, 1 hook'
const SAME = 'the same, 11 hooks of one plugin'
const OTHERS = 'the same, a hook in each of 11 plugins'
const MANY = 'the same, 100 hooks of 5 plugins'
const RULED_OUT = 'the same, 100 hooks of 1 plugin, all ruled out by when'

const SCENES: readonly Scene[] = [
  {name: ONE, plugins: [1], target: '+ 60 ms'},
  {name: SAME, plugins: [11], target: '+ 5 ms a further hook'},
  {name: OTHERS, plugins: Array(11).fill(1), target: '+ 10 ms a further plugin'},
  {name: MANY, plugins: Array(5).fill(20), target: '+ 250 ms'},
  {name: RULED_OUT, plugins: [100], environment: 'nowhere', target: '+ 0.1 ms a hook'},
]

/** A command that asks hooks, in homes with more and more of them; `link` links a plugin's folder with a data folder. */
export function hookRows(
  home: string,
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  link: (folder: string, env: NodeJS.ProcessEnv) => void,
): Row[] {
  const rows = SCENES.map(({name, plugins, environment, target = ''}, index) => {
    const dataHome = join(home, `hooks-${index}`)
    const own = {...env, XDG_DATA_HOME: dataHome}
    plugins.forEach((hooks, number) => link(hookPlugin(join(home, `scene-${index}`), `plugin-${number}`, hooks, environment), own))
    return {name, command, env: own, target}
  })
  return [{name: NONE, command}, ...rows]
}

/** What a hook costs, from the medians of the rows. */
export function hookCosts(medians: ReadonlyMap<string, number>): string {
  const over = (name: string, base: string) => (medians.get(name) ?? Number.NaN) - (medians.get(base) ?? Number.NaN)
  return [
    `first hook: + ${over(ONE, NONE).toFixed(1)} ms (target 60)`,
    `each further hook of the same plugin: + ${(over(SAME, ONE) / 10).toFixed(2)} ms (target 5)`,
    `each further hook of another plugin: + ${(over(OTHERS, ONE) / 10).toFixed(2)} ms (target 10)`,
    `100 hooks of 5 plugins: + ${over(MANY, NONE).toFixed(1)} ms (target 250)`,
    `a hook ruled out by when: + ${(over(RULED_OUT, NONE) / 100).toFixed(3)} ms (target 0.1)`,
  ].join('\n')
}

/** A plugin with hooks of kill, each of which allows. */
function hookPlugin(parent: string, name: string, hooks: number, environment?: string): string {
  const folder = join(parent, name)
  mkdirSync(join(folder, 'hooks'), {recursive: true})
  const names = Array.from({length: hooks}, (_, index) => `${name}-${index}`)
  for (const hook of names) {
    writeFileSync(join(folder, `hooks/${hook}.js`), HOOK_SCRIPT)
  }
  const when = environment === undefined ? {} : {when: {environment: [environment]}}
  const entries = names.map((hook) => ({name: hook, on: ['pre:job.kill'], script: `hooks/${hook}.js`, ...when}))
  const manifest = {name, version: '1.0.0', type: 'module', oclif: {}, aurora: {hooks: entries}}
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  return folder
}
