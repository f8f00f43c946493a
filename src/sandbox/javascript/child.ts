/** The main module of the child process in which JavaScript guests run. */
import type {Json} from '../../model/json.ts'
import {serveParent} from '../child/parent.ts'
import {GuestIsolate} from './guest-isolate.ts'
import type {Ask, CallReply, ModuleReply, ParentPort, RunRequest} from './protocol.ts'

const isolates = new Map<string, GuestIsolate>()

// The parent is trusted and speaks this protocol, hence the casts on both sides.
const parent = serveParent(async (body) => {
  const request = body as unknown as RunRequest
  return (await isolateFor(request).run(request)) as unknown as Json
})

const ask = (body: Ask): Promise<unknown> => parent.request(body)

const port: ParentPort = {
  module: (run, specifier, referrer) => ask({ask: 'module', run, specifier, referrer: referrer ?? null}) as Promise<ModuleReply>,
  call: (run, name, args) => ask({ask: 'call', run, name, args}) as Promise<CallReply>,
  log: (run, level, text) => void ask({ask: 'log', run, level, text}),
}

function isolateFor(request: RunRequest): GuestIsolate {
  const {isolate} = request
  const running = isolates.get(isolate)
  if (running && !running.ended) return running
  const fresh = new GuestIsolate(request, port)
  isolates.set(isolate, fresh)
  return fresh
}
