/** Evaluates, checks and converts every job of a file, without the cache, and prints what that took as JSON. A program of its own, for its peak of memory. */
import {checkAt} from '../../src/config/check.ts'
import {loadConfig} from '../../src/config/load.ts'
import {toJobConfiguration} from '../../src/schema/convert.ts'

const [, , file = ''] = process.argv
const began = performance.now()
const config = await loadConfig(file, {limitMs: 300_000})
const loaded = performance.now()
for (const [index] of config.jobs.entries()) {
  const {job, problems} = checkAt(config, index, [])
  if (!job || problems.length > 0) throw new Error(`jobs[${index}] is refused: ${problems[0]?.message}`)
  toJobConfiguration(job, {user: 'jane'})
}
const ended = performance.now()
console.log(JSON.stringify({load: loaded - began, rest: ended - loaded, megabytes: process.resourceUsage().maxRSS / 1024}))
