import type {LookupAddress} from 'node:dns'
import {isIP} from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * What an address is to those who send requests to it: `public`; `private` (a company's network); `local` (this machine, its link with
 * its metadata services, and whatever else is not for everybody's traffic).
 */
export type AddressKind = 'public' | 'private' | 'local'

const PRIVATE: readonly string[] = ['private', 'uniqueLocal', 'carrierGradeNat']

export function addressKind(address: string): AddressKind {
  // Without its zone, and as IPv4 when it is that in IPv6 clothes.
  const parsed = ipaddr.process(address.replace(/%.*$/, ''))
  const range = parsed.range()
  if (range === 'unicast' && (parsed.kind() === 'ipv4' || isGlobal(parsed.toByteArray()))) return 'public'
  if (PRIVATE.includes(range)) return 'private'
  if (range === 'rfc6052' && parsed.kind() === 'ipv6') return addressKind(behindNat64(parsed.toByteArray()))
  return 'local'
}

/** 2000::/3, all of IPv6 that has been given out. */
function isGlobal([first = 0]: readonly number[]): boolean {
  return first >> 5 === 1
}

/** On a network that has IPv6 alone, the IPv4 address that 64:ff9b::/96 stands for. */
function behindNat64(bytes: readonly number[]): string {
  return bytes.slice(12).join('.')
}

/** The addresses of a host, when every one of them may be asked. @throws Error that says which may not */
export async function checkedAddresses(
  host: string,
  lookup: (host: string) => Promise<LookupAddress[]>,
  mayAsk: (kind: AddressKind, address: string) => boolean,
): Promise<LookupAddress[]> {
  const literal = /^\[(.*)\]$/.exec(host)?.[1] ?? host
  const family = isIP(literal)
  const found = family
    ? [{address: literal, family}]
    : await lookup(literal).catch((cause: Error) => {
        throw new Error(`${host} has no address`, {cause})
      })
  if (found.length === 0) throw new Error(`${host} has no address`)
  for (const {address} of found) {
    const kind = addressKind(address)
    if (!mayAsk(kind, address)) {
      const remedy = kind === 'private' ? `; the manifest must say so: {"origin": "…", "private": true}` : ''
      throw new Error(`${host} has the address ${address}, which is not public${remedy}`)
    }
  }
  return found
}
