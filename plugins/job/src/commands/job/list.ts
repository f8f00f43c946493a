import {AuroraCommand, patternArg} from '@auroractl/cli'
import {listJobs} from '../../operations/list.ts'

export default class JobList extends AuroraCommand<string[]> {
  static override summary = 'List the jobs that match a pattern.'
  static override description = `A missing part of the pattern means '*'. Wildcards are those of a shell: *, ?, [seq] and [!seq].
A complete key is printed as it is, without asking anybody.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> devcluster',
    "<%= config.bin %> <%= command.id %> 'devcluster/www-data/prod/hello*'",
  ]
  static override args = {pattern: patternArg({required: true})}

  protected async execute(): Promise<string[]> {
    const {args} = await this.parse(JobList)
    return this.operate(listJobs, {services: await this.services(), pattern: args.pattern})
  }

  protected override render(keys: string[]): string {
    return keys.map((key) => `${key}\n`).join('')
  }
}
