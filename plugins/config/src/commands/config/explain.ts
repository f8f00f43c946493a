import {Args, AuroraCommand, Flags} from '@auroractl/cli'
import {type Explanation, languageReference, type Overview} from '@auroractl/cli/schema'
import {explanationText, explanationTree, overviewText} from '../../render/explanation.ts'
import {outputWidth} from '../../render/wrap.ts'

type Result = {overview: Overview} | {explanation: Explanation; recursive: boolean}

export default class ConfigExplain extends AuroraCommand<Result> {
  static override summary = 'Explain a field, a struct or a name of the configuration language.'
  static override description = `Tells what it means and does, its type, its default and its unit, with an example.
A path leads from a struct, or from a field of the job, to a field; case does not matter. Without one, everything that there is to explain is listed.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> job.task.processes.cmdline',
    '<%= config.bin %> <%= command.id %> update_config',
    '<%= config.bin %> <%= command.id %> Task --recursive',
    "<%= config.bin %> <%= command.id %> '{{mesos.instance}}'",
  ]
  static override args = {path: Args.string({description: 'Such as job.task.processes.cmdline, Process, order or mesos.instance.'})}
  static override flags = {recursive: Flags.boolean({summary: 'Show the fields of fields, too, as a tree.'})}

  protected async execute(): Promise<Result> {
    const {args, flags} = await this.parse(ConfigExplain)
    const {explain, overview} = await languageReference()
    if (args.path === undefined) return flags.recursive ? {explanation: explain('Job', flags), ...flags} : {overview: overview()}
    return {explanation: explain(args.path, flags), recursive: flags.recursive}
  }

  protected override render(result: Result): string {
    if ('overview' in result) return overviewText(result.overview, outputWidth())
    const {explanation, recursive} = result
    return recursive && explanation.structs ? explanationTree(explanation) : explanationText(explanation, outputWidth())
  }

  protected override toJson(result: Result): unknown {
    return 'overview' in result ? result.overview : result.explanation
  }
}
