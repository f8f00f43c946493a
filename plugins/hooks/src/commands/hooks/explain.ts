import {Args, AuroraCommand, configFlags, formatJobKey, type JobKey, parseInstanceSpec, readCatalogue} from '@auroractl/cli'
import {explainHooks, type HookExplanation} from '../../operations/explain.ts'
import {explanationText} from '../../render/explanation.ts'

export default class HooksExplain extends AuroraCommand<HookExplanation> {
  static override summary = 'Show which hooks run around an operation, in which order, and what they may.'
  static override description = `Names the operation as its command or as hooks do: 'job kill' or job.kill. With a job's key it tells which hooks \
are asked for that job, and why others are not; with the job's configuration file, it shows the hooks of that file and of its project instead of the \
current folder's. No hook is run.`
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

  static override flags = {...configFlags}

  protected async execute(): Promise<HookExplanation> {
    const {args, flags} = await this.parse(HooksExplain)
    const {operation, job, file} = readWords(args.operation)
    const configuration = file === undefined ? undefined : await this.configuration(file, flags)
    return this.operate(explainHooks, {
      services: await this.services(),
      dataDir: this.config.dataDir,
      operations: readCatalogue().operations,
      files: await this.hookFiles(),
      operation,
      job,
      configuration,
    })
  }

  protected override render(explanation: HookExplanation): string {
    return explanationText(explanation)
  }

  protected override toJson({job, ...rest}: HookExplanation): unknown {
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
