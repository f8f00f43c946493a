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
import {writeFile} from 'node:fs/promises'

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

const write = step<ConvertInput & {converted: Converted}, {conversion: Conversion}>({
  name: 'write the file',
  async run({converted, output, force}) {
    if (output === undefined) return {conversion: converted}
    try {
      await writeFile(output, converted.text, {flag: force ? 'w' : 'wx'})
    } catch (error) {
      const {code, message} = error as NodeJS.ErrnoException
      const exists = code === 'EEXIST'
      throw new UserError(exists ? `${output} is there already.` : `${output} cannot be written: ${message}`, {
        code: exists ? 'config.exists' : 'config.unwritable',
        ...(exists ? {remedy: 'Add --force to write over it.'} : {}),
        cause: error,
      })
    }
    return {conversion: {...converted, file: output}}
  },
})

/** A configuration file in another syntax, which gives the same jobs. */
export const convertConfigFile = operation<'config.convert', ConvertInput>('config.convert')
  .read(convert)
  .act(write)
  .returns(({conversion}) => conversion)

declare module '@auroractl/cli' {
  interface Operations {
    'config.convert': {options?: Record<string, never>}
  }
}
