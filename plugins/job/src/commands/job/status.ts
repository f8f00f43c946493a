import {AuroraCommand, ExitCode, Flags, formatJobPattern, type JobPattern, jsonText, patternArg} from '@auroractl/cli'
import {scheduledTaskToJson} from '@auroractl/cli/thrift'
import {jobStatus} from '../../operations/status.ts'
import {type JobTasks, statusText} from '../../render/status.ts'

interface StatusResult {
  pattern: JobPattern
  jobs: readonly JobTasks[]
  writeJson: boolean
}

export default class JobStatus extends AuroraCommand<StatusResult> {
  static override summary = 'Show the tasks of jobs.'
  static override description = `Shows the active and the inactive tasks of the job, or of every job that matches the pattern \
CLUSTER[/ROLE[/ENV[/NAME]]].`
  static override examples = [
    '<%= config.bin %> <%= command.id %> devcluster/www-data/prod/hello',
    '<%= config.bin %> <%= command.id %> devcluster --json',
  ]
  static override args = {pattern: patternArg({required: true})}
  static override flags = {
    'write-json': Flags.boolean({summary: 'Write the tasks as JSON, with the field names of the scheduler.'}),
  }

  protected async execute(): Promise<StatusResult> {
    const {args, flags} = await this.parse(JobStatus)
    const jobs = await this.operate(jobStatus, {services: await this.services(), pattern: args.pattern})
    return {pattern: args.pattern, jobs, writeJson: flags['write-json']}
  }

  protected override render({pattern, jobs, writeJson}: StatusResult): string {
    if (writeJson)
      return jobs.length > 0
        ? jsonText(toJson(jobs))
        : `${JSON.stringify({jobspec: formatJobPattern(pattern), error: 'No matching jobs found'})}\n`
    if (jobs.length === 0) process.stderr.write(`Found no jobs matching ${formatJobPattern(pattern)}\n`)
    return jobs.map((job) => `${statusText(job)}\n`).join('')
  }

  protected override toJson({jobs}: StatusResult): unknown {
    return toJson(jobs)
  }

  /** Nothing found is 6 as text and 0 as the JSON that scripts read (reference/surprises.md 7). */
  protected override exitCodeFor({jobs, writeJson}: StatusResult): number {
    return jobs.length === 0 && !writeJson ? ExitCode.invalidParameter : ExitCode.ok
  }
}

function toJson(jobs: readonly JobTasks[]) {
  return jobs.map(({job, active, inactive}) => ({
    job,
    active: active.map(scheduledTaskToJson),
    inactive: inactive.map(scheduledTaskToJson),
  }))
}
