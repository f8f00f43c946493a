import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import {DataError, recordsFromData} from './data/data-records.ts'
import type {Data} from './data/data.ts'
import {parseJson} from './data/json.ts'
import {shapeProblems} from './data/shape.ts'
import {YamlError, parseYaml} from './data/yaml.ts'
import {InvalidConfig} from './invalid-config.ts'
import type {InputReader} from './input-reader.ts'
import type {ConfigLoader, Evaluation} from './loader.ts'

/** The records written down, as JSON. */
export const jsonLoader: ConfigLoader = {
  name: 'json',
  reads: (file) => file.endsWith('.json'),
  load: (reader) => readData(reader, 'JSON', parseJson),
}

/** The same as YAML. */
export const yamlLoader: ConfigLoader = {
  name: 'yaml',
  reads: (file) => /\.ya?ml$/.test(file),
  load: (reader) => readData(reader, 'YAML', parseYaml),
}

async function readData({main}: InputReader, syntax: string, parse: (text: string) => Promise<Data>): Promise<Evaluation> {
  try {
    const data = await parse(main.text)
    const problems = shapeProblems(main.shown, data)
    if (problems.length > 0)
      throw new InvalidConfig(`As ${syntax}, this is no configuration:`, problems, main.shown, `config.${syntax.toLowerCase()}`)
    return {...recordsFromData(main.shown, data), hooks: []}
  } catch (error) {
    if (error instanceof DataError || error instanceof YamlError)
      throw refused(syntax, `${main.shown}${error.line === undefined ? '' : `:${error.line}`}: ${error.message}`)
    if (error instanceof SyntaxError) throw refused(syntax, `${main.shown}: ${error.message}`)
    if (error instanceof RangeError) throw refused(syntax, `${main.shown}: it is nested too deeply`)
    throw error
  }
}

function refused(syntax: string, message: string): UserError {
  return new UserError(message, {
    code: `config.${syntax.toLowerCase()}`,
    exitCode: ExitCode.invalidConfiguration,
    remedy: `As ${syntax}, a configuration is one job with its fields, or the list jobs.`,
  })
}
