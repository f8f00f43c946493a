import {TERMINAL_STATES} from '@auroractl/cli/thrift'
import type {AgentStatus} from '../agent/types.ts'
import type {Draft} from './draft.ts'
import {transition} from './machine.ts'
import {findTask} from './state.ts'

/** What the agent reports. A task that runs though it must not (ended here, or unknown) is killed (reference/thrift-api.md §7). */
export function statusUpdate(draft: Draft, {taskId, status, message}: AgentStatus): void {
  const task = findTask(draft.state, taskId)
  if (task && !TERMINAL_STATES.has(task.status)) transition(draft, task, status, message)
  else if (status === 'STARTING' || status === 'RUNNING') draft.effects.push({type: 'kill', taskId})
}
