import {once} from 'node:events'
import type {IncomingMessage} from 'node:http'
import {connect, type Socket} from 'node:net'
import {userInfo} from 'node:os'
import {peerUid} from './peer-uid.ts'

/** Who makes a request, for the history; or why it is refused, in one line. */
export type Verdict = {user: string} | {refused: string}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Aurora's word for a caller of whom nothing is known. */
const NOBODY_KNOWN = 'UNSECURE'

/** The uid at the other end of a connection; undefined when that cannot be told. */
export type OwnerOf = (socket: Socket) => number | undefined

/**
 * A loopback port is open to every web page that the user visits, and to every user of the machine, while tasks run as the
 * user. So: only loopback names (a rebound DNS name is none), only our own pages, and, where the kernel tells who is at the
 * other end (`ownerOf`), only the owner of the cluster and root.
 */
export function judge(request: IncomingMessage, ownerOf: OwnerOf | undefined): Verdict {
  const {host, origin, 'sec-fetch-site': site} = request.headers
  if (!isLoopback(host)) return {refused: `This scheduler answers only to its loopback names, not to '${host ?? ''}'.`}
  if ((origin !== undefined && origin !== `http://${host}`) || site === 'cross-site') {
    return {refused: 'This scheduler takes no calls from other web pages.'}
  }
  if (!ownerOf) return {user: NOBODY_KNOWN}
  const self = process.getuid?.()
  const uid = ownerOf(request.socket)
  if (uid !== undefined && uid === self) return {user: userInfo().username}
  if (uid === 0) return {user: 'root'}
  return {refused: `This cluster belongs to another user of this machine (uid ${self}${uid === undefined ? '' : `; you are ${uid}`}).`}
}

function isLoopback(host: string | undefined): boolean {
  return host !== undefined && LOOPBACK.has(host.toLowerCase().replace(/:\d+$/, ''))
}

const owners = new WeakMap<Socket, number>()

/** Looked up once a connection, not once a request. */
export function connectionOwner(socket: Socket): number | undefined {
  const known = owners.get(socket)
  if (known !== undefined) return known
  const {remotePort, localPort} = socket
  const uid = remotePort === undefined || localPort === undefined ? undefined : peerUid(remotePort, localPort)
  if (uid !== undefined) owners.set(socket, uid)
  return uid
}

/** Whether the kernel tells who connects to our port: asked about a connection of our own. */
export async function tellsOwners(port: number): Promise<boolean> {
  const socket = connect({host: '127.0.0.1', port})
  try {
    await once(socket, 'connect')
    return socket.localPort !== undefined && peerUid(socket.localPort, port) === process.getuid?.()
  } finally {
    socket.destroy()
  }
}
