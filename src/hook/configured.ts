import type {Json, JsonObject} from '../model/json.ts'

/** A schema is a stranger's: its patterns may take for ever, its references lead in circles. */
const MAX_MS = 1_000
const MAX_PROBLEMS = 5
/** What the validator says of a field that `additionalProperties: false` forbids. */
const NEVER = 'False boolean schema.'

/**
 * What is wrong with what a file says to a hook, by the hook's JSON schema: each text begins with the path. The schema is interpreted, never
 * made into code, and its time is bounded.
 */
export async function configurationProblems(schema: JsonObject, value: Json): Promise<string[]> {
  const {Validator} = await import('@cfworker/json-schema')
  const {createContext, runInContext} = process.getBuiltinModule('node:vm')
  let found: {keyword: string; instanceLocation: string; error: string}[] = []
  const check = () => {
    found = new Validator(schema, '2020-12', false).validate(value).errors
  }
  try {
    // Not a sandbox: a context is what can be given a time limit.
    runInContext('check()', createContext({check}), {timeout: MAX_MS})
  } catch (error) {
    return [`it cannot be checked by the hook's schema: ${error instanceof Error ? error.message : String(error)}`]
  }
  return found
    .filter(({instanceLocation, keyword}) => !found.some((other) => isInside(other, {instanceLocation, keyword})))
    .slice(0, MAX_PROBLEMS)
    .map(({instanceLocation, error}) => `${pathOf(instanceLocation)}: ${error === NEVER ? 'is nothing that the hook knows' : error}`)
}

/** A container is wrong because of what is wrong inside it, which is told, too. */
function isInside(other: {instanceLocation: string}, {instanceLocation, keyword}: {instanceLocation: string; keyword: string}): boolean {
  return (
    ['properties', 'items', 'prefixItems', 'additionalProperties'].includes(keyword) &&
    other.instanceLocation.startsWith(`${instanceLocation}/`)
  )
}

/** `#/limits/0` as `with.limits[0]`. */
function pathOf(location: string): string {
  const parts = location.split('/').slice(1)
  return `with${parts.map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part.replaceAll('~1', '/').replaceAll('~0', '~')}`)).join('')}`
}
