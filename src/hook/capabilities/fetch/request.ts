import type {Json, JsonObject} from '../../../model/json.ts'

/** A request that a hook asks for, checked. */
export interface HookRequest {
  url: URL
  method: string
  headers: Readonly<Record<string, string>>
  body: string | undefined
}

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const OPTIONS: readonly string[] = ['method', 'headers', 'body']
const MAX_BODY = 1 << 20
const MAX_HEADERS = 50
const TOKEN = /^[a-z\d!#$%&'*+.^_`|~-]+$/
/** Those of the connection, and those that say for whom the request is. */
const REFUSED =
  /^(?:host|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|content-length|expect|via|forwarded|x-forwarded-.*)$/

/** @throws TypeError for what is no request */
export function readRequest(url: Json | undefined, options: Json | undefined): HookRequest {
  const given = options ?? {}
  if (typeof given !== 'object' || Array.isArray(given)) throw new TypeError('ctx.fetch: its options must be an object')
  const unknown = Object.keys(given).find((name) => !OPTIONS.includes(name))
  if (unknown !== undefined) throw new TypeError(`ctx.fetch: there is no option '${unknown}'`)
  const method = readMethod(given['method'])
  const headers = readHeaders(given['headers'])
  const body = readBody(given['body'])
  if (body !== undefined && (method === 'GET' || method === 'HEAD')) throw new TypeError(`ctx.fetch: ${method} has no body`)
  const isData = body !== undefined && typeof given['body'] === 'object'
  return {url: readUrl(url), method, headers: {...(isData ? {'content-type': 'application/json'} : {}), ...headers}, body}
}

function readUrl(value: Json | undefined): URL {
  if (typeof value !== 'string' || !URL.canParse(value)) throw new TypeError('ctx.fetch: its first argument must be a URL')
  const url = new URL(value)
  if (!/^https?:$/.test(url.protocol)) throw new TypeError(`ctx.fetch: ${url.protocol} is not http: or https:`)
  if (url.username !== '' || url.password !== '') throw new TypeError('ctx.fetch: credentials go into a header, not into the URL')
  url.hash = ''
  return url
}

function readMethod(value: Json | undefined = 'GET'): string {
  const method = typeof value === 'string' ? value.toUpperCase() : ''
  if (METHODS.includes(method)) return method
  throw new TypeError(`ctx.fetch: its method must be one of ${METHODS.join(', ')}`)
}

function readHeaders(value: Json | undefined = {}): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('ctx.fetch: headers must be an object')
  const entries = Object.entries(value).map(([name, text]) => [name.toLowerCase(), text] as const)
  if (entries.length > MAX_HEADERS) throw new TypeError(`ctx.fetch: more than ${MAX_HEADERS} headers`)
  for (const [name, text] of entries) {
    if (!TOKEN.test(name) || typeof text !== 'string' || !/^[\t\u0020-\u007E\u0080-\u00FF]*$/.test(text)) {
      throw new TypeError(`ctx.fetch: '${name.slice(0, 50)}' is no header`)
    }
    if (REFUSED.test(name)) throw new TypeError(`ctx.fetch: the header '${name}' is not a hook's to set`)
  }
  return Object.fromEntries(entries) as Record<string, string>
}

function readBody(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  const body = typeof value === 'string' ? value : JSON.stringify(value satisfies Exclude<Json, null | string> | JsonObject)
  if (Buffer.byteLength(body) > MAX_BODY) throw new TypeError(`ctx.fetch: a body of more than ${MAX_BODY} bytes`)
  return body
}
