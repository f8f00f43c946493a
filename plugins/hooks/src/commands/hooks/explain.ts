import {Args, AuroraCommand, type ExplainedHook, formatJobKey, type JobKey, parseInstanceSpec, readCatalogue} from '@auroractl/cli'
import {explainHooks, type HookExplanation} from '../../operations/explain.ts'
import {explanationText} from '../../render/explanation.ts'

export default class HooksExplain extends AuroraCommand<HookExplanation> {
  static override summary = 'Show which hooks run around an operation, in which order, and what they may.'
  static override description = `Names the operation as its command or as hooks do: 'job kill' or job.kill. With a job's key it tells which hooks \
are asked for that job, and why others are not; with the job's configuration file, the hooks of that file's project are shown instead of the current \
folder's. No hook is run.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> job kill',
    '<%= config.bin %> <%= command.id %> job.create devcluster/www-data/prod/hello hello_world.aurora',
    '<%= config.bin %> <%= command.id %> job killall west/www-data/prod/hello --json',
  ]
  static override args = {
    operation: Args.string({
      required: true,
      multiple: true,
      description: "the operation, in one word or several; then, if wanted, the job's key and its configuration file",
    }),
  }

  protected async execute(): Promise<HookExplanation> {
    const {args} = await this.parse(HooksExplain)
    const {operation, job, file} = readWords(args.operation)
    const files = await this.hookFiles(file)
    const {dataDir} = this.config
    return this.operate(explainHooks, {dataDir, operations: readCatalogue().operations, files, operation, job})
  }

  protected override render(explanation: HookExplanation): string {
    return explanationText(explanation)
  }

  protected override toJson({job, ...rest}: HookExplanation): {operation: string; job?: string; hooks: readonly ExplainedHook[]} {
    return {...rest, ...(job ? {job: formatJobKey(job)} : {})}
  }
}

/** `job kill west/www/prod/hello hello.aurora`: the words before the key are the operation. */
function readWords(words: readonly string[]): {operation: string; job: JobKey | undefined; file: string | undefined} {
  const at = words.findIndex((word) => word.includes('/'))
  const operation = (at === -1 ? words : words.slice(0, at)).join('.')
  const [key, file] = at === -1 ? [] : words.slice(at)
  return {operation, job: key === undefined ? undefined : parseInstanceSpec(key).job, file}
}
