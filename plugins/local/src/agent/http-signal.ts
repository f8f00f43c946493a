import {request} from 'node:http'

/** No answer of a health check is longer, or we do not read on. */
const BODY_LIMIT = 64 * 1024

export interface SignalAnswer {
  code: number
  /** Empty for an error status (reference/thermos.md §10). */
  body: string
}

/** One request to a port of this machine; rejects with `Failed to signal URL: …` when there is no answer in time. */
export async function signalPort(method: 'GET' | 'POST', port: number, path: string, timeout: number): Promise<SignalAnswer> {
  const url = `http://localhost:${port}${path}`
  try {
    return await answerOf(method, url, AbortSignal.timeout(timeout))
  } catch (error) {
    const reason =
      error instanceof Error && error.name === 'AbortError' ? 'timed out' : String(error instanceof Error ? error.message : error)
    throw new Error(`Failed to signal ${url}: ${reason}`, {cause: error})
  }
}

function answerOf(method: string, url: string, signal: AbortSignal): Promise<SignalAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, {method, signal, agent: false}, (response) => {
      const code = response.statusCode ?? 0
      let body = ''
      const finish = () => resolve({code, body: code < 400 ? body : ''})
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        body += chunk
        if (body.length > BODY_LIMIT) response.destroy()
      })
      response.on('end', finish)
      response.on('close', finish)
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end()
  })
}
