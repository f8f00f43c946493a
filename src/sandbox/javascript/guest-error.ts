import type {GuestFault} from './protocol.ts'

/** How sandboxed code failed: `timeout` and `crash` cost the child process, `cpu` and `memory` at least the isolate. */
export type GuestErrorKind = GuestFault | 'timeout' | 'crash'

/** Sandboxed code failed, or was stopped. Callers say whose code it was. */
export class GuestError extends Error {
  override readonly name = 'GuestError'
  readonly kind: GuestErrorKind
  /** Where in the guest's own files: `hooks/no-prod-kill.js:3`. */
  readonly location: string | undefined

  constructor(kind: GuestErrorKind, message: string, location?: string) {
    super(message)
    this.kind = kind
    this.location = location
  }
}

/** The first place of a stack that lies in one of the guest's modules. */
export function locate(stack: string | undefined, modules: Iterable<string>): string | undefined {
  const names = [...modules]
  for (const line of stack?.split('\n') ?? []) {
    const place = /([^\s([][^([]*):(\d+):\d+\)?\]?$/.exec(line)
    const name = names.find((module) => place?.[1] === module || place?.[1]?.endsWith(` ${module}`))
    if (place && name !== undefined) return `${name}:${place[2]}`
  }
  return undefined
}
