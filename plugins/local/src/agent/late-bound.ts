/** Binds the names that the client leaves to the executor (reference/config-dsl.md §7, reference/thermos.md §1). */

export type Bindings = ReadonlyMap<string, string>

const TAG = /\{\{(&?)([^{}]+)\}\}/g

/** One pass: what is bound is replaced, an escaped tag loses its escape, everything else stays and is reported. */
export function bind(text: string, bindings: Bindings): {text: string; unbound: string[]} {
  const unbound: string[] = []
  const bound = text.replace(TAG, (tag, escape: string, address: string) => {
    if (escape !== '') return `{{${address}}}`
    const value = bindings.get(address)
    if (value === undefined) unbound.push(address)
    return value ?? tag
  })
  return {text: bound, unbound}
}

/** What the executor binds before it hands the task to the runner. */
export function executorBindings(instance: number, hostname: string): Bindings {
  return new Map([
    ['mesos.instance', String(instance)],
    ['mesos.hostname', hostname],
  ])
}

/** What the runner binds. */
export function runnerBindings(taskId: string, user: string, ports: ReadonlyMap<string, number>): Bindings {
  const bindings = new Map([
    ['thermos.task_id', taskId],
    ['thermos.user', user],
  ])
  for (const [name, port] of ports) bindings.set(`thermos.ports[${name}]`, String(port))
  return bindings
}

/** The announced names and the assigned ones, aliases followed to their number; what leads nowhere is dropped (reference/config-dsl.md §9). */
export function resolvePorts(portmap: ReadonlyMap<string, string>, assigned: Readonly<Record<string, number>>): Map<string, number> {
  const targets = new Map<string, string>(portmap)
  for (const [name, port] of Object.entries(assigned)) targets.set(name, String(port))
  const ports = new Map<string, number>()
  for (const name of targets.keys()) {
    let target: string | undefined = name
    for (let hops = 0; target !== undefined && hops <= targets.size; hops++) {
      if (/^\d+$/.test(target)) {
        ports.set(name, Number(target))
        break
      }
      target = targets.get(target)
    }
  }
  return ports
}
