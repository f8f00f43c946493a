import {Args, AuroraCommand, Flags} from '@auroractl/cli'
import {type Explained, explainLanguage} from '../../operations/explain.ts'
import {explanationText, explanationTree, overviewText} from '../../render/explanation.ts'
import {outputWidth} from '../../render/wrap.ts'

export default class ConfigExplain extends AuroraCommand<Explained> {
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

  protected async execute(): Promise<Explained> {
    const {args, flags} = await this.parse(ConfigExplain)
    return this.operate(explainLanguage, {path: args.path, recursive: flags.recursive})
  }

  protected override render(result: Explained): string {
    if ('overview' in result) return overviewText(result.overview, outputWidth())
    const {explanation, recursive} = result
    return recursive && explanation.structs ? explanationTree(explanation) : explanationText(explanation, outputWidth())
  }

  protected override toJson(result: Explained): unknown {
    return 'overview' in result ? result.overview : result.explanation
  }
}
