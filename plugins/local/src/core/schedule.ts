import {SLAVE_ASSIGNED_STATES} from '@auroractl/cli/thrift'
import type {AgentTask} from '../agent/types.ts'
import type {Draft} from './draft.ts'
import {transition} from './machine.ts'
import {type Offer, vetoes} from './match.ts'
import {plus, requested, requestedPorts, total} from './resources.ts'
import {allTasks, tasksOf} from './state.ts'
import {lastEvent, type Task} from './task.ts'

/** Assigns what is pending and fits, by priority and age; the rest learns why not. */
export function schedule(draft: Draft, offer: Offer): void {
  const tasks = [...allTasks(draft.state)]
  const pending = tasks.filter(({status}) => status === 'PENDING').sort(byTurn)
  if (pending.length === 0) {
    draft.vetoes = new Map()
    return
  }
  const placed = tasks.filter(({status}) => SLAVE_ASSIGNED_STATES.has(status))
  const taken = new Set(placed.flatMap(({ports}) => Object.values(ports)))
  const ports = offer.ports.filter((port) => !taken.has(port))
  const refused = new Map<string, readonly string[]>()
  let used = total(placed)
  for (const task of pending) {
    const siblings = () => tasksOf(draft.state, task.job).filter(({status}) => SLAVE_ASSIGNED_STATES.has(status)).length
    const against = vetoes(task.config, offer, used, ports.length, siblings)
    if (against.length > 0) {
      refused.set(task.id, against)
      continue
    }
    used = plus(used, requested(task.config))
    const names = requestedPorts(task.config)
    const assigned = {...task, host: offer.hostname, ports: Object.fromEntries(names.map((name) => [name, ports.shift() ?? 0]))}
    transition(draft, assigned, 'ASSIGNED')
    draft.effects.push({type: 'launch', task: agentTask(assigned)})
  }
  draft.vetoes = refused
}

function byTurn(a: Task, b: Task): number {
  return (b.config.priority ?? 0) - (a.config.priority ?? 0) || lastEvent(a).at - lastEvent(b).at || a.instanceId - b.instanceId
}

/** What the agent needs to know of a task. */
export function agentTask({id, job, instanceId, config, ports}: Task): AgentTask {
  return {taskId: id, ...job, instanceId, executorData: config.executorConfig?.data ?? '', ports}
}
