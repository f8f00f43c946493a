import type {Json, JsonObject} from '../../model/json.ts'
import type {HostFunction} from '../../sandbox/javascript/sandbox.ts'
import type {Powers} from '../powers.ts'
import {Answers, inOrder, isObject} from './answers.ts'
import {texts} from './fake-world.ts'

type Functions = Readonly<Record<string, HostFunction>>

const NIL_UUID = '00000000-0000-4000-8000-000000000000'

/**
 * The functions of a case that would reach out of it, answered by its data. `checks` are the real ones of a dry run: they refuse what
 * the hook was not granted, and do nothing.
 */
export function fakeFunctions(powers: Readonly<Record<string, Json>>, needs: Powers, checks: Functions): Functions {
  const answered = (name: string, answer: HostFunction): Functions => {
    const check = checks[name]
    return {[name]: async (args) => (await check?.(args), answer(args))}
  }
  const requests = new Answers('fetch', 'request', powers['fetch'])
  const commands = new Answers('exec', 'command', powers['exec'])
  return {
    ...(needs.fetch ? answered('fetch', (args) => fetched(requests, args)) : {}),
    ...(needs.exec ? answered('exec', (args) => executed(commands, args)) : {}),
    ...(needs.secret ? {secret: secrets(texts('secret', powers['secret']), needs.secret)} : {}),
    ...(needs.random ? chance(powers['random']) : {}),
  }
}

function fetched(answers: Answers, [url, options]: readonly Json[]): Json {
  const method = isObject(options) && typeof options['method'] === 'string' ? options['method'].toUpperCase() : 'GET'
  const {status = 200, headers = {}, json, text} = answers.for(`${method} ${String(url)}`) as Partial<JsonObject>
  return {url: String(url), status, headers, text: json === undefined ? (text ?? '') : JSON.stringify(json)}
}

function executed(answers: Answers, [command, args]: readonly Json[]): Json {
  const line = [command, ...(Array.isArray(args) ? args : [])].join(' ')
  const {exitCode = 0, stdout = '', stderr = ''} = answers.for(line) as Partial<JsonObject>
  return {exitCode, stdout, stderr}
}

function secrets(given: Readonly<Record<string, string>>, granted: NonNullable<Powers['secret']>): HostFunction {
  const names = granted.map((each) => (typeof each === 'string' ? each : each.name))
  return ([name]) => {
    if (typeof name !== 'string' || !names.includes(name)) throw new Error(`ctx.secret: '${String(name)}' is not among the hook's secrets`)
    const value = Object.hasOwn(given, name) ? given[name] : undefined
    if (value === undefined) throw new Error(`the case has no answer for secret '${name}'`)
    return value
  }
}

function chance(given: Json = {}): Functions {
  const {integers, uuids} = (isObject(given) ? given : {}) as Partial<JsonObject>
  const integer = inOrder(Array.isArray(integers) ? integers : [0])
  const uuid = inOrder(Array.isArray(uuids) ? uuids : [NIL_UUID])
  return {'random.integer': () => integer() ?? 0, 'random.uuid': () => uuid() ?? NIL_UUID}
}

/** What `Math.random` begins with. */
export function seedOf(given: Json = {}): number[] {
  const {seed} = (isObject(given) ? given : {}) as Partial<JsonObject>
  return Array.isArray(seed) && seed.length === 4 && seed.every((each) => typeof each === 'number') ? seed : [1, 2, 3, 4]
}
