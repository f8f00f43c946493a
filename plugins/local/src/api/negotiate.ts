export type ProtocolName = 'binary' | 'json'

const BINARY = 'application/vnd.apache.thrift.binary'
const JSON_TYPE = 'application/vnd.apache.thrift.json'
const JSON_TYPES = new Set(['application/json', 'application/x-thrift', JSON_TYPE])

/** The protocol of a request's body; undefined for a type that is none (reference/clusters.md §4). */
export function requestProtocol(contentType: string | undefined): ProtocolName | undefined {
  if (contentType === undefined) return 'json'
  const match = /^([^;]+?)\s*(?:;\s*charset=utf-8\s*)?$/i.exec(contentType.trim())
  const type = match?.[1]?.toLowerCase()
  if (type === BINARY) return 'binary'
  return type !== undefined && JSON_TYPES.has(type) ? 'json' : undefined
}

/** Binary only when that alone is accepted. */
export function responseProtocol(accept: string | undefined): ProtocolName {
  return accept?.trim().toLowerCase() === BINARY ? 'binary' : 'json'
}

export function contentType(protocol: ProtocolName): string {
  return protocol === 'binary' ? BINARY : JSON_TYPE
}
