import type {Job} from './job.ts'
import {isNumber, requestedPorts} from './ports.ts'
import type {Rule} from './rule.ts'
import {SchemaError} from './schema-error.ts'

/** The portmap leads somewhere (reference/config-dsl.md §9). */
export const PORTMAP: Rule = {
  reads: ['announce'],
  *judge(job) {
    try {
      requestedPorts({...job, task: {...job.task, processes: []}})
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error
      yield {path: 'announce.portmap', message: error.message, hint: 'Each name must lead to a port at last: {aurora: http}.'}
    }
  },
}

/** Only machines of one's own have ports with a number. */
export const STATIC_PORTS: Rule = {
  reads: ['announce', 'constraints'],
  *judge(job) {
    const [fixed] = Object.entries(job.announce?.portmap ?? {}).filter(([, port]) => isNumber(port))
    if (!fixed || isDedicated(job)) return
    yield {
      path: 'announce.portmap',
      message: 'Job must be dedicated in order to specify static ports!',
      hint: `${fixed[0]} has the number ${fixed[1]}: add constraints = {'dedicated': '${job.role ?? 'ROLE'}/…'}, or give it a name.`,
    }
  },
}

export function isDedicated(job: Job): boolean {
  return Object.hasOwn(job.constraints ?? {}, 'dedicated')
}
