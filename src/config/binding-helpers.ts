import type {Cluster} from '../cluster/cluster.ts'
import type {Binding} from '../schema/job.ts'

/** Where a reference is bound. */
export interface HelperContext {
  readonly cluster: Cluster
  readonly signal: AbortSignal
  info(text: string): void
}

/** Binds references of one form when a job is sent, when nothing else is bound to them (reference/config-dsl.md §12). */
interface BindingHelper {
  readonly name: string
  readonly pattern: RegExp
  /** @throws UserError (exit 3) */
  bind(groups: readonly string[], context: HelperContext): Promise<string>
}

const HELPERS: readonly BindingHelper[] = [
  {
    name: 'docker',
    pattern: /^docker\.image\[([^\]]+)\]\[([^\]]+)\]$/,
    async bind([name = '', tag = ''], {cluster, signal, info}) {
      const {resolveImage} = await import('./images/registry.ts')
      const reference = await resolveImage(cluster.dockerRegistry, name, tag, signal)
      info(`Resolved ${name}:${tag} => ${reference}`)
      return reference
    },
  },
]

/** Will a helper bind the reference? */
export function isHelped(address: string): boolean {
  return HELPERS.some(({pattern}) => pattern.test(address))
}

/** What was bound before in this process, so that all jobs of one command get the same image. */
const bound = new Map<string, Promise<string>>()

/** What helpers bind of some references. @throws UserError (exit 3) */
export async function bindHelped(addresses: readonly string[], context: HelperContext): Promise<Binding[]> {
  const found = addresses.flatMap((address) => {
    const value = valueOf(address, context)
    return value ? [value.then((text): Binding => [address, text])] : []
  })
  return Promise.all(found)
}

function valueOf(address: string, context: HelperContext): Promise<string> | undefined {
  for (const {name, pattern, bind} of HELPERS) {
    const groups = pattern.exec(address)
    if (!groups) continue
    const key = JSON.stringify([name, context.cluster.dockerRegistry, address])
    const known = bound.get(key)
    if (known) return known
    const value = bind(groups.slice(1), context)
    bound.set(key, value)
    value.catch(() => bound.delete(key))
    return value
  }
  return undefined
}
