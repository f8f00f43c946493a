import {appendFile, readFile} from 'node:fs/promises'
import {formatJobKey, type JobKey, step} from '@auroractl/cli'

/** What the team's log says of a redeploy. */
function lineOf(job: JobKey, ticket: string): string {
  return `redeployed ${formatJobKey(job)} for ${ticket}`
}

/** An acting step of the team's own: says in a dry run what it would do, and how to see whether it has. */
export const noteRedeploy = step<{job: JobKey; ticket: string; log: string | undefined}>({
  name: 'note the redeploy',
  describe({job, ticket, log}) {
    if (log === undefined) return []
    return [{text: `note it in ${log}`, call: 'append', target: log, difference: [`+ ${lineOf(job, ticket)}`]}]
  },
  async run({job, ticket, log}, io) {
    if (log === undefined) return {}
    const line = lineOf(job, ticket)
    await io.perform({
      kind: 'checkable',
      name: `it was noted in ${log}`,
      findOut: `tail ${log}`,
      call: async () => {
        await appendFile(log, `${line}\n`)
        return null
      },
      check: async () => ((await readFile(log, 'utf8').catch(() => '')).split('\n').includes(line) ? null : undefined),
    })
    return {}
  },
})
