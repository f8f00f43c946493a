import {
  type ConfigRequest,
  type ConfigSyntax,
  configConverter,
  type Converted,
  ExitCode,
  type JobKey,
  loading,
  operation,
  type Services,
  step,
  UserError,
} from '@auroractl/cli'
import {existsSync, statSync} from 'node:fs'
import {readFile, writeFile} from 'node:fs/promises'
import {resolve} from 'node:path'

export interface ConvertInput {
  services: Services
  configuration: ConfigRequest
  to: ConfigSyntax
  /** The only job wanted; every job without it. */
  job: JobKey | undefined
  /** The file to write; without it, the text is the result. */
  output: string | undefined
  /** Whether the file may be there already. */
  force: boolean
}

/** What a file was converted to. */
export type Conversion = Converted & {readonly file?: string}

const convert = step<ConvertInput, {converted: Converted}>({
  name: 'convert jobs',
  async run({services, configuration, to, job}) {
    const load = async () => {
      const loaded = await services.loadConfig(configuration)
      const {convertConfig} = await configConverter()
      return convertConfig(loaded, {syntax: to, key: job, bindings: configuration.bindings})
    }
    return {converted: await loading(load, 'Error loading configuration:', ExitCode.invalidConfiguration)}
  },
})

/** A file that is in the way is known before hooks are asked, and in a dry run. */
const lookAtOutput = step<ConvertInput>({
  name: 'look at the output',
  run({output, force}) {
    if (output !== undefined && !force && existsSync(output)) throw existsAlready(output)
    return {}
  },
  // It may have been written before the run was cut short.
  memo: {save: () => null, restore: () => ({})},
})

const write = step<ConvertInput & {converted: Converted}, {conversion: Conversion}>({
  name: 'write the file',
  async describe({converted: {text}, output}) {
    if (output === undefined) return []
    const replaced = statSync(output, {throwIfNoEntry: false})?.isFile() ? await readFile(output, 'utf8') : undefined
    if (text === replaced) return []
    const difference = [...(replaced === undefined ? [] : [`- ${lineCount(replaced)}`]), `+ ${lineCount(text)}`]
    return [{text: `write ${output}`, call: 'write', target: resolve(output), difference}]
  },
  async run({converted, output, force}, io) {
    if (output === undefined) return {conversion: converted}
    await io.perform({
      kind: 'checkable',
      name: `${output} was written`,
      findOut: `cat ${output}`,
      call: async () => {
        await writeNew(output, converted.text, force)
        return null
      },
      check: async () => ((await readFile(output, 'utf8').catch(() => undefined)) === converted.text ? null : undefined),
    })
    return {conversion: {...converted, file: output}}
  },
})

async function writeNew(output: string, text: string, force: boolean): Promise<void> {
  await writeFile(output, text, {flag: force ? 'w' : 'wx'}).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? existsAlready(output) : unwritable(output, error)
  })
}

function existsAlready(output: string): UserError {
  return new UserError(`${output} is there already.`, {code: 'config.exists', remedy: 'Add --force to write over it.'})
}

function unwritable(output: string, cause: NodeJS.ErrnoException): UserError {
  return new UserError(`${output} cannot be written: ${cause.message}`, {code: 'config.unwritable', cause})
}

function lineCount(text: string): string {
  const lines = text.split('\n').length - 1
  return `${lines} ${lines === 1 ? 'line' : 'lines'}`
}

/** A configuration file in another syntax, which gives the same jobs. */
export const convertConfigFile = operation<'config.convert', ConvertInput>('config.convert')
  .read(convert)
  .read(lookAtOutput)
  .hooks(({configuration: {file}, to, job, output}) => ({
    ...(job === undefined ? {} : {job}),
    options: {file, to, ...(output === undefined ? {} : {output})},
  }))
  .act(write)
  .returns(({conversion}) => conversion)

declare module '@auroractl/cli' {
  interface Operations {
    'config.convert': {job?: JobKey; options: {file: string; to: ConfigSyntax; output?: string}}
  }
}
