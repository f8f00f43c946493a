import {lstatSync} from 'node:fs'
import {hostname} from 'node:os'

/** A daemon that was killed leaves its tasks running; an agent that knows of no task ends them. Needs the cluster's lock. */
export async function endLeftovers(root: string): Promise<void> {
  if (!lstatSync(root, {throwIfNoEntry: false})) return
  const {createAgent} = await import('../agent/agent.ts')
  await createAgent({root, hostname: hostname(), onStatus: () => {}}).recover([])
}
