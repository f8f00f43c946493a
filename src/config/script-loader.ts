import type {UserError} from '../model/errors.ts'
import type {Json} from '../model/json.ts'
import {GuestError} from '../sandbox/javascript/guest-error.ts'
import type {GuestProgram} from '../sandbox/javascript/sandbox.ts'
import {evaluatedData} from './data-loaders.ts'
import {DataError} from './data/data-records.ts'
import {dataOf} from './data/data.ts'
import type {EvaluateOptions} from './evaluate.ts'
import type {InputReader} from './input-reader.ts'
import {runInIsolate} from './javascript/isolate.ts'
import type {ConfigLoader, Evaluation} from './loader.ts'
import {refused} from './refused.ts'
import {SYSTEM_ERRORS} from './system-errors.ts'

/** The script of somebody else that makes plain data of a text. */
export interface LoaderScript {
  /** Whose it is, for messages. */
  readonly name: string
  readonly script: string
  readonly read: GuestProgram['read']
}

/** Reads configurations of another syntax: the script gets the text, and what it gives is read as data like JSON's. It has no powers but `include`. */
export function scriptLoader(script: LoaderScript): ConfigLoader {
  return {
    name: script.name,
    reads: () => true,
    // What the script consists of is not known before it has run.
    cacheable: false,
    load: (reader, options) => load(script, reader, options),
  }
}

async function load({name, script, read}: LoaderScript, reader: InputReader, options: EvaluateOptions): Promise<Evaluation> {
  const {shown, text} = reader.main
  const failed = (message: string): UserError => refused(`${shown}: ${name}: ${message}`, 'config.loader')
  try {
    const given = {view: {file: shown, text}, functions: {include: ([path]: readonly Json[]) => included(reader, path)}}
    const answer = await runInIsolate(shown, {isolate: 'loader', name, entry: script, read}, options, given)
    return evaluatedData(shown, dataOf(answer), `What ${name} gave is no configuration:`, 'config.loader')
  } catch (error) {
    if (error instanceof GuestError) throw failed(error.location === undefined ? error.message : `${error.message} (${error.location})`)
    if (error instanceof DataError) throw failed(`what it gave is no configuration: ${error.message}`)
    throw error
  }
}

/** The text of a file beside the configuration. */
function included(reader: InputReader, path: Json | undefined): string {
  if (typeof path !== 'string') throw new TypeError('include takes the path of a file')
  const found = reader.include(path, reader.main.path)
  if (typeof found === 'string') throw new Error(`${SYSTEM_ERRORS[found]?.[1] ?? found}: '${path}'`)
  return found.text
}
