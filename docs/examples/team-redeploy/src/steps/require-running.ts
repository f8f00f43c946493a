import {formatJobKey, type InstanceSet, type JobKey, step, UserError} from '@auroractl/cli'

/** A reading step of the team's own: it needs what `selectActive` has found, and adds how many instances there were. */
export const requireRunning = step<{job: JobKey; selected: InstanceSet | undefined}, {replaced: number}>({
  name: 'require running',
  run({job, selected}) {
    if (selected) return {replaced: selected.length}
    throw new UserError(`Nothing of ${formatJobKey(job)} runs`, {
      code: 'team.not-running',
      remedy: `To create it: aurora job create ${formatJobKey(job)} FILE`,
    })
  },
})
