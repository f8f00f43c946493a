import {safeLine} from '@auroractl/cli'
import type {RegisteredJob} from '../steps/ask-schedulers.ts'

const HEADER = ['JOB', 'INSTANCES', 'SCHEDULER']

/** The jobs of a file beside what their schedulers say of them. */
export function registeredTable(jobs: readonly RegisteredJob[]): string {
  const rows = [HEADER, ...jobs.map((job) => [safeLine(job.job), String(job.instances ?? '?'), stateText(job)])]
  const [first = 0, second = 0] = [0, 1].map((column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)))
  return rows.map(([job = '', instances = '', state = '']) => `${job.padEnd(first)}  ${instances.padEnd(second)}  ${state}\n`).join('')
}

function stateText({state, active, pending, cronSchedule, nextRun, error}: RegisteredJob): string {
  const counts = [...(active > 0 ? [`${active} active`] : []), ...(pending > 0 ? [`${pending} pending`] : [])]
  const cron =
    cronSchedule === undefined ? [] : [`cron ${safeLine(cronSchedule)}`, ...(nextRun === undefined ? [] : [`next run ${nextRun}`])]
  switch (state) {
    case 'absent':
      return 'not registered'
    case 'ended':
      return 'not registered; it has ended'
    case 'unknown':
      return `not known: ${safeLine(error ?? '', 200)}`
    default:
      return [...counts, ...cron].join(', ')
  }
}
