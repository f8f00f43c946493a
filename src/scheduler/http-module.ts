import type {Agent, request} from 'node:http'

/**
 * Node's client for a URL's protocol. Not imported: importing `node:http` evaluates its lazy exports, too, which load a whole
 * second client (30 ms).
 */
export function httpModule(protocol: string): {Agent: typeof Agent; request: typeof request} {
  return process.getBuiltinModule(protocol === 'https:' ? 'node:https' : 'node:http')
}
