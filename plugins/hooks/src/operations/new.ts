import {operation, type OperationTable, parseManifest, step, UserError} from '@auroractl/cli'
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises'
import {dirname, join, resolve} from 'node:path'
import {type HookPlan, scaffoldFiles} from '../scaffold/files.ts'

export interface NewHookInput {
  plan: HookPlan
  /** Where the plugin is to be. */
  folder: string
  operations: OperationTable
}

export interface NewHook {
  name: string
  folder: string
  /** Their paths in the folder. */
  files: string[]
}

const checkPlan = step<NewHookInput, {files: Readonly<Record<string, string>>}>({
  name: 'check the plan',
  async run({plan, folder, operations}) {
    const {name, on} = plan
    const {problems} = parseManifest({hooks: [{name, on, script: 'hooks/hook.js'}]}, operations)
    if (problems.length > 0)
      throw new UserError(problems.join('\n'), {code: 'hooks.new', exitCode: 2, remedy: "See 'aurora hooks new --help'."})
    const present = await readdir(folder).catch(() => [])
    if (present.length > 0) {
      throw new UserError(`${folder} is there already, with ${present.length === 1 ? 'a file' : 'files'} in it.`, {
        code: 'hooks.new-exists',
        remedy: 'Name another with --folder; nothing is written over.',
      })
    }
    return {files: scaffoldFiles(plan)}
  },
  // The folder may be there when the run is gone on with.
  memo: {save: () => null, restore: (_, {plan}) => ({files: scaffoldFiles(plan)})},
})

const writeFiles = step<NewHookInput & {files: Readonly<Record<string, string>>}>({
  name: 'write the files',
  describe({files, folder}) {
    const difference = Object.keys(files).map((file) => `+ ${file}`)
    return [{text: `make the plugin ${folder}`, call: 'write', target: resolve(folder), difference}]
  },
  async run({files, folder}, io) {
    await io.perform({
      kind: 'checkable',
      name: `${folder} was made`,
      findOut: `ls ${folder}`,
      check: async () => ((await missing(folder, files)).length === 0 ? null : undefined),
      async call() {
        for (const [path, text] of await missing(folder, files)) {
          await mkdir(dirname(join(folder, path)), {recursive: true})
          await writeFile(join(folder, path), text, {flag: 'wx'})
        }
        return null
      },
    })
    return {}
  },
})

/** The files that are not yet there as they are to be. */
async function missing(folder: string, files: Readonly<Record<string, string>>): Promise<[string, string][]> {
  const there = await Promise.all(Object.keys(files).map((path) => readFile(join(folder, path), 'utf8').catch(() => undefined)))
  return Object.entries(files).filter(([, text], index) => there[index] !== text)
}

/** Makes a plugin with one hook and its test. */
export const newHook = operation<'hooks.new', NewHookInput>('hooks.new')
  .read(checkPlan)
  .hooks(({plan: {name, on}, folder}) => ({options: {name, on: [...on], folder}}))
  .act(writeFiles)
  .returns(({plan, folder, files}): NewHook => ({name: plan.name, folder: resolve(folder), files: Object.keys(files)}))

declare module '@auroractl/cli' {
  interface Operations {
    'hooks.new': {options: {name: string; on: string[]; folder: string}}
  }
}
