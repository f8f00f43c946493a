import {type Changes, describePowers, operation, type OperationTable, pluginManager, type Services, step, UserError} from '@auroractl/cli'
import type {Approve} from '../plugin-command.ts'
import {changesText, hookLines} from '../render/plugin.ts'
import {type HookReport, reportHook} from '../report.ts'

interface GrantFileInput {
  services: Services
  dataDir: string
  operations: OperationTable
  file: string
  /** The texts of `--allow`. */
  allow: readonly string[]
  approve: Approve
}

type FileToGrant = Parameters<Awaited<ReturnType<typeof pluginManager>>['grantFile']>[1]

/** What a file of hooks, or a configuration with hooks, was granted. */
export interface FileGrantReport {
  kind: 'file'
  /** Links resolved. */
  path: string
  digest: string
  /** In words: `run, with any arguments, the commands git`. */
  powers: string[]
  hooks: HookReport[]
  /** Of a configuration: the files that its code consists of. */
  code: string[]
}

/** What of it is new since the file was last granted, and what is gone. */
const compare = step<GrantFileInput & {found: FileToGrant}, {changes: Changes}>({
  name: 'compare with what was granted',
  async run({dataDir, found}) {
    const {fileChangesSince, readGrantTable} = await pluginManager()
    return {changes: fileChangesSince((await readGrantTable(dataDir)).files.get(found.path), found)}
  },
})

const look = step<GrantFileInput, {found: FileToGrant; report: FileGrantReport}>({
  name: 'look at what is asked for',
  async run({services, dataDir, operations, file, allow}) {
    const {inspectConfig, inspectHookFile, parseAllowed} = await pluginManager()
    if (!file.endsWith('.aurora')) {
      if (allow.length > 0)
        throw new UserError(`--allow is for configurations; ${file} says itself what its hooks need`, {code: 'usage', exitCode: 2})
      const {path, digest, hooks} = await inspectHookFile(dataDir, file, operations)
      return {found: {path, digest, hooks}, report: {kind: 'file', path, digest, powers: [], hooks: hooks.map(reportHook), code: []}}
    }
    const powers = parseAllowed(allow)
    const {path, digest, code, classes} = inspectConfig(await services.loadConfig({file, bindings: [], readJson: false}))
    if (classes.length === 0) throw new UserError(`${file} has no hooks: its list hooks is empty`, {code: 'hooks.none'})
    if (allow.length === 0)
      throw new UserError(`${file} does not say what its hooks need: name it with --allow, such as --allow exec=git`, {
        code: 'usage',
        exitCode: 2,
      })
    return {found: {path, digest, powers}, report: {kind: 'file', path, digest, powers: describePowers(powers), hooks: [], code: [...code]}}
  },
})

const ask = step<GrantFileInput & {report: FileGrantReport; changes: Changes}>({
  name: 'ask',
  async run({report, changes, approve}) {
    const compared = changesText(changes) || '  nothing new\n'
    await approve(`${fileText(report)}Compared with what was granted:\n${compared}`, 'Grant this?')
    return {}
  },
})

const grant = step<GrantFileInput & {found: FileToGrant; report: FileGrantReport}>({
  name: 'grant',
  describe: ({report}) => [
    {text: `grant ${report.path}`, target: report.path, difference: fileText(report).trimEnd().split('\n').slice(1)},
  ],
  async run({dataDir, found}, io) {
    const {fileChangesSince, grantFile, readGrantTable} = await pluginManager()
    await io.perform({
      kind: 'checkable',
      name: `${found.path} was granted`,
      findOut: 'aurora hooks grants',
      call: async () => {
        await grantFile(dataDir, found)
        return null
      },
      check: async () => {
        const granted = (await readGrantTable(dataDir)).files.get(found.path)
        return granted?.digest === found.digest && fileChangesSince(granted, found).new.length === 0 ? null : undefined
      },
    })
    return {}
  },
})

function fileText({path, powers, hooks, code}: FileGrantReport): string {
  const lines = [
    path,
    ...powers.map((power) => `  its hooks may ${power}`),
    ...hooks.flatMap(hookLines),
    ...(code.length > 1 ? ['  as long as none of this code changes:', ...code.map((file) => `    ${file}`)] : []),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

/** Grants a file of hooks what it asks for, or a configuration's hooks what the user names, at the content that it has now. */
export const grantFileHooks = operation<'hooks.grant-file', GrantFileInput>('hooks.grant-file')
  .read(look)
  .read(compare)
  .hooks(({report: {path, powers}}) => ({options: {path, powers}}))
  .act(ask)
  .act(grant)
  .returns(({report}) => report)

declare module '@auroractl/cli' {
  interface Operations {
    'hooks.grant-file': {options: {path: string; powers: string[]}}
  }
}
