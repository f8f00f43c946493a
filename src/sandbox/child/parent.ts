import {Socket} from 'node:net'
import type {Json} from '../../model/json.ts'
import {PARENT_FD} from './launch.ts'
import {Peer} from './peer.ts'

/** A child's way to the command that started it, for a child with an event loop. */
export interface Parent {
  request: (body: Json) => Promise<Json>
}

/** Serves the requests of the parent until the parent goes, which ends this process. */
export function serveParent(onRequest: (body: Json) => Promise<Json> | Json, options: {maxMessageBytes?: number} = {}): Parent {
  const socket = new Socket({fd: PARENT_FD, readable: true, writable: true})
  // Exiting would wait for the thread of an isolate, which may never come.
  socket.on('close', () => process.kill(process.pid, 'SIGKILL'))
  const peer = new Peer({socket, onRequest, onProtocolError: () => process.exit(1), ...options})
  return {request: (body) => peer.request(body)}
}
