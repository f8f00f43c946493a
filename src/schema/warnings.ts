import type {Job} from './job.ts'
import {knownPorts} from './known-ports.ts'
import type {Problem} from './problem.ts'
import {type Rule, judge} from './rule.ts'
import {nearestNames} from '../model/nearest.ts'

const DEPRECATED: Rule = {
  reads: ['production', 'tier'],
  *judge({production, tier}) {
    if (!production || tier !== undefined) return
    yield {
      path: 'production',
      message: "production is deprecated: say tier = '…' instead.",
      hint: "Most clusters call it tier = 'preferred'.",
    }
  },
}

const ANNOUNCED: Rule = {
  reads: ['announce', 'task.processes'],
  *judge(job) {
    const primary = job.announce?.primary_port
    const ports = knownPorts(job)
    if (primary === undefined || ports.has(primary)) return
    const [near] = nearestNames(primary, ports)
    yield {
      path: 'announce.primary_port',
      message: `Announcer specified primary port as '${primary}' but no processes have bound that port.`,
      hint: near === undefined ? `Use {{thermos.ports[${primary}]}} in a process, or name it in the portmap.` : `Did you mean '${near}'?`,
    }
  },
}

const WARNINGS: readonly Rule[] = [DEPRECATED, ANNOUNCED]

/** What is no error, but worth a word: what the old client said (reference/config-dsl.md §8). */
export function jobWarnings(job: Job, wrong: Iterable<string> = []): Problem[] {
  return judge(WARNINGS, job, wrong)
}
