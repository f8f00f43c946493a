import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {hostFunctions} from '../../src/hook/capabilities/host-functions.ts'
import {preludeSource} from '../../src/hook/capabilities/lent-powers.ts'
import {LIBRARY} from '../../src/hook/guest-sdk.ts'
import {sandboxEntry} from '../../src/sandbox/javascript/entry.ts'
import {JavaScriptSandbox} from '../../src/sandbox/javascript/sandbox.ts'
import {HOOK_SCRIPT} from './hooks.ts'

const NOTHING = {now: null, seed: null}
const dist = (path: string) => fileURLToPath(new URL(`../../dist/${path}`, import.meta.url))

/** The most megabytes that the child of hooks has had, after one hook of each of so many plugins. */
export async function hookMemory(plugins: number): Promise<number> {
  const sandbox = new JavaScriptSandbox(sandboxEntry(dist('children/javascript.js'), [dist('children')]))
  const functions = await hostFunctions({}, () => {
    throw new Error('no power was granted')
  })
  try {
    for (let plugin = 0; plugin < plugins; plugin++) {
      const program = {
        isolate: `plugin ${plugin}`,
        name: `plugin ${plugin}:hook`,
        entry: 'hook.js',
        library: LIBRARY,
        prelude: preludeSource(NOTHING),
        read: async (name: string) => ({name, code: HOOK_SCRIPT}),
      }
      await sandbox.run(program, {view: {}, state: {}, functions, given: NOTHING, log: () => {}, cpuMs: 2_000, wallMs: 20_000})
    }
    const [child = ''] = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ')
    const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child}/status`, 'utf8')) ?? []
    return Number(kilobytes) / 1024
  } finally {
    sandbox.stop()
  }
}
