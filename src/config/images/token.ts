import {ask, failed} from './http.ts'

/** `name="value"` or `name=value`, as a challenge lists them. */
const PARAMETER = /([a-z_]+)\s*=\s*(?:"([^"]*)"|([^\s,"]+))/gi

/** A token for everybody, from where the challenge of the registry says. @throws UserError (exit 3) for a challenge of another kind */
export async function tokenFor(registry: URL, challenge: string | undefined, signal: AbortSignal): Promise<string> {
  if (challenge === undefined) throw failed('No auth challenge. The registry asks for credentials, but does not say which.')
  if (/^basic\b/i.test(challenge))
    throw failed(`Basic authorization not supported: ${challenge}`, 'Give the image by its digest instead of a tag.')
  if (!/^bearer\s/i.test(challenge)) throw failed(`Unknown auth challenge: ${challenge}`)
  const given = new Map(
    Array.from(challenge.matchAll(PARAMETER), ([, name = '', quoted, bare]) => [name.toLowerCase(), quoted ?? bare ?? '']),
  )
  const url = realmUrl(registry, given.get('realm') ?? '')
  for (const name of ['service', 'scope']) {
    const value = given.get(name)
    if (value !== undefined) url.searchParams.set(name, value)
  }
  const answer = await ask(url, {method: 'GET', headers: {accept: 'application/json'}, signal})
  const token = answer.status === 200 ? tokenIn(answer.text) : undefined
  if (token === undefined) throw failed(`${url.origin} gives no token for the registry (it answers ${answer.status})`)
  return token
}

/** Tokens are secrets: they travel enciphered, or stay on this machine; to what listens there alone, no registry elsewhere sends. */
function realmUrl(registry: URL, realm: string): URL {
  const url = URL.canParse(realm) ? new URL(realm) : undefined
  const isSafe =
    url && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname) && isLoopback(registry.hostname)))
  if (!url || !isSafe || url.username !== '')
    throw failed(`The registry sends for its tokens to ${JSON.stringify(realm)}, which is no https address`)
  return url
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

function tokenIn(text: string): string | undefined {
  try {
    const json: unknown = JSON.parse(text)
    if (typeof json !== 'object' || json === null) return undefined
    const {token, access_token: same} = json as Record<string, unknown>
    const found = token ?? same
    // What is no header's text would end in a confusing error, or worse.
    return typeof found === 'string' && /^[\w\-.~+/=]+$/.test(found) ? found : undefined
  } catch {
    return undefined
  }
}
