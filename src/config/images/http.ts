import {UserError} from '../../model/errors.ts'
import {CallFailure} from '../../scheduler/call-failure.ts'
import {refused} from '../refused.ts'

const ANSWER_MS = 10_000
const MAX_BYTES = 1 << 20

/** What a registry answered. */
export interface Answer {
  readonly status: number
  header(name: string): string | undefined
  /** The text of an answer that gives one. */
  readonly text: string
}

interface Question {
  readonly method: 'GET' | 'HEAD'
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

/** Where a registry answers. @throws UserError (exit 3) unless it is an http or https address without a password in it */
export function registryUrl(registry: string): URL {
  const text = registry.includes('://') ? registry : `https://${registry}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw failed('docker_registry is no http or https address without a user in it', 'Correct docker_registry in clusters.json.')
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  url.search = ''
  url.hash = ''
  return url
}

/** Asks a registry, or who gives tokens for it. @throws UserError (exit 3) when there is no answer */
export async function ask(url: URL, {method, headers, signal}: Question): Promise<Answer> {
  const timeout = AbortSignal.timeout(ANSWER_MS)
  try {
    // What is followed loses its token at the first other host.
    const response = await fetch(url, {
      method,
      headers,
      signal: AbortSignal.any([signal, timeout]),
      redirect: method === 'HEAD' ? 'follow' : 'error',
    })
    const text = response.ok ? await textOf(response) : ''
    return {status: response.status, header: (name) => response.headers.get(name) ?? undefined, text}
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof UserError) throw error
    const why = timeout.aborted ? `no answer within ${ANSWER_MS / 1000} s` : wordsOf(error)
    throw failed(
      `${url.origin} could not be asked about an image: ${why}`,
      'Is docker_registry in clusters.json right, and the network there?',
    )
  }
}

/** Up to a limit that no honest answer reaches. */
async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > MAX_BYTES) throw failed(`${new URL(response.url).origin} answers more than ${MAX_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function wordsOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? CallFailure.ofSocket(cause, false).message : String(cause)
}

export function failed(message: string, remedy?: string): UserError {
  return refused(message, 'image.registry', remedy)
}
