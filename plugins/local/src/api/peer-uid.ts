import {readFileSync} from 'node:fs'
import {endianness} from 'node:os'

const IPV4_LOOPBACK = endianness() === 'LE' ? '0100007F' : '7F000001'

/** The kernel's tables, with 127.0.0.1 as each writes it: a Java client has an IPv6 socket with a mapped IPv4 address. */
const TABLES = {
  '/proc/net/tcp': IPV4_LOOPBACK,
  '/proc/net/tcp6': `0000000000000000${endianness() === 'LE' ? 'FFFF0000' : '0000FFFF'}${IPV4_LOOPBACK}`,
}

/**
 * Who opened a connection from 127.0.0.1 to us: the owner of the socket at its other end, as the kernel lists it. Undefined
 * when that cannot be told: not Linux, or the socket is gone already.
 */
export function peerUid(peerPort: number, ownPort: number): number | undefined {
  for (const [path, loopback] of Object.entries(TABLES)) {
    const uid = socketOwner(readTable(path), `${loopback}:${hex(peerPort)}`, `${loopback}:${hex(ownPort)}`)
    if (uid !== undefined) return uid
  }
  return undefined
}

function readTable(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

const ESTABLISHED = '01'

/** A row is `sl local_address rem_address st tx:rx tr:tm retrnsmt uid …`. */
function socketOwner(table: string, local: string, remote: string): number | undefined {
  for (const line of table.split('\n').slice(1)) {
    const [, from, to, state, , , , uid] = line.trim().split(/\s+/)
    if (state === ESTABLISHED && from === local && to === remote && uid !== undefined) return Number(uid)
  }
  return undefined
}

function hex(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0')
}
