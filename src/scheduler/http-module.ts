/**
 * Node's client for a URL's protocol. Not imported: importing `node:http` evaluates its lazy exports, too, which load a whole
 * second client (30 ms).
 */
export function httpModule(protocol: string): Pick<typeof import('node:http'), 'Agent' | 'request'> {
  return process.getBuiltinModule(protocol === 'https:' ? 'node:https' : 'node:http')
}
