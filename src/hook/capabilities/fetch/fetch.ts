import type {Powers} from '../../powers.ts'
import type {Capabilities} from '../capabilities.ts'
import type {Lend} from '../lending.ts'
import {type AddressKind, checkedAddresses} from './address.ts'
import {type HookRequest, readRequest} from './request.ts'
import {type HookAnswer, send} from './send.ts'

const MAX_REDIRECTS = 5
const MAX_MS = 60_000
/** What proves who asks is for the origin that was asked, not for whom it names. */
const KEPT_ELSEWHERE: readonly string[] = ['accept', 'accept-language', 'content-type', 'user-agent']

/** HTTP requests to the origins that the hook names. */
export const lendFetch: Lend = ({hook, world, signal, planned, spend}) => ({
  async fetch([url, options]) {
    const request = readRequest(url, options)
    const origins = new Origins(hook.needs.fetch ?? [])
    origins.require(request.url)
    const shown = shownUrl(request.url)
    if (planned({text: `send ${request.method} ${shown}`, call: request.method, target: shown}))
      return {dryRun: true, url: request.url.href}
    const limited = AbortSignal.any([signal, AbortSignal.timeout(MAX_MS)])
    const {url: from, answer} = await follow(request, {origins, lookup: world.lookup, signal: limited})
    spend(answer.text.length)
    return {url: from.href, ...answer}
  },
})

/** The origins of a hook, with how each may be reached. */
class Origins {
  /** With whether it may be at a private address. */
  readonly #granted: ReadonlyMap<string, boolean>

  constructor(granted: NonNullable<Powers['fetch']>) {
    this.#granted = new Map(granted.map((each) => (typeof each === 'string' ? [each, false] : [each.origin, each.private])))
  }

  /** @throws Error when it was not granted */
  require({origin}: URL): void {
    if (!this.#granted.has(origin)) {
      throw new Error(`ctx.fetch: ${origin} is not among the hook's origins; name it in "needs": {"fetch": ["${origin}"]}`)
    }
  }

  /** An address itself and `localhost` may be what they are; a name may lead to a private address when it was granted so. */
  mayAsk({hostname, origin}: URL, kind: AddressKind, address: string): boolean {
    if (kind === 'public') return true
    if (hostname === address || hostname === `[${address}]`) return true
    if (hostname === 'localhost') return /^(?:127\.|::1$)/.test(address)
    return kind === 'private' && this.#granted.get(origin) === true
  }
}

/** How far a request may go. */
interface Reach {
  origins: Origins
  lookup: Capabilities['lookup']
  signal: AbortSignal
}

async function follow(first: HookRequest, reach: Reach): Promise<{url: URL; answer: HookAnswer}> {
  let request = first
  for (let redirects = 0; ; redirects++) {
    const answer = await sendChecked(request, reach)
    const {location} = answer.headers
    if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return {url: request.url, answer}
    if (redirects === MAX_REDIRECTS) throw new Error(`ctx.fetch: more than ${MAX_REDIRECTS} redirects from ${shownUrl(first.url)}`)
    request = redirected(request, answer.status, location)
    try {
      reach.origins.require(request.url)
    } catch (cause) {
      throw new Error(`${(cause as Error).message} (a redirect from ${shownUrl(first.url)} leads there)`, {cause})
    }
  }
}

async function sendChecked(request: HookRequest, {origins, lookup, signal}: Reach): Promise<HookAnswer> {
  const {url} = request
  try {
    const addresses = await checkedAddresses(url.hostname, lookup, (kind, address) => origins.mayAsk(url, kind, address))
    return await send(request, addresses, signal)
  } catch (cause) {
    const why = cause instanceof Error ? (signal.aborted ? 'it took too long' : cause.message) : String(cause)
    throw new Error(`ctx.fetch: ${request.method} ${shownUrl(url)} failed: ${why}`, {cause})
  }
}

/** The request that a redirect asks for, as browsers make it. */
function redirected(request: HookRequest, status: number, location: string): HookRequest {
  if (!URL.canParse(location, request.url.href)) throw new Error(`ctx.fetch: ${shownUrl(request.url)} redirects to what is no URL`)
  const {url} = readRequest(new URL(location, request.url).href, undefined)
  const asGet = request.method !== 'HEAD' && (status === 303 || (status < 303 && request.method === 'POST'))
  const kept = Object.entries(request.headers).filter(
    ([name]) => (url.origin === request.url.origin || KEPT_ELSEWHERE.includes(name)) && !(asGet && name === 'content-type'),
  )
  return {...request, url, headers: Object.fromEntries(kept), ...(asGet ? {method: 'GET', body: undefined} : {})}
}

/** Without the query, which may carry what is nobody's business. */
function shownUrl({origin, pathname, search}: URL): string {
  return `${origin}${pathname}${search === '' ? '' : '?…'}`
}
