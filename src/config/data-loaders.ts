import type {UserError} from '../model/errors.ts'
import {DataError, recordsFromData} from './data/data-records.ts'
import type {Data} from './data/data.ts'
import {JsonError, parseJson} from './data/json.ts'
import {shapeProblems} from './data/shape.ts'
import {YamlError, parseYaml} from './data/yaml.ts'
import {InvalidConfig} from './invalid-config.ts'
import type {InputReader} from './input-reader.ts'
import type {ConfigLoader, Evaluation} from './loader.ts'
import {refused} from './refused.ts'

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
    return evaluatedData(main.shown, await parse(main.text), `As ${syntax}, this is no configuration:`, `config.${syntax.toLowerCase()}`)
  } catch (error) {
    if (error instanceof DataError || error instanceof JsonError || error instanceof YamlError)
      throw refusedAs(syntax, `${main.shown}${error.line === undefined ? '' : `:${error.line}`}: ${error.message}`)
    if (error instanceof RangeError) throw refusedAs(syntax, `${main.shown}: it is nested too deeply`)
    throw error
  }
}

/** The jobs that data say, if they have the shape of jobs. @throws InvalidConfig, under that heading, and DataError */
export function evaluatedData(shown: string, data: Data, heading: string, code: string): Evaluation {
  const problems = shapeProblems(shown, data)
  if (problems.length > 0) throw new InvalidConfig(heading, problems, shown, code)
  return {...recordsFromData(shown, data), hooks: []}
}

function refusedAs(syntax: string, message: string): UserError {
  const remedy = `As ${syntax}, a configuration is one job with its fields, or the list jobs.`
  return refused(message, `config.${syntax.toLowerCase()}`, remedy)
}
