import {Args, AuroraCommand, configFlags, ExitCode, Flags} from '@auroractl/cli'
import {type CheckedFile, checkConfigs} from '../../operations/check.ts'
import {checkText, countOf, type Format, FORMATS} from '../../render/check.ts'

interface CheckResult {
  readonly files: readonly CheckedFile[]
  readonly strict: boolean
  readonly format: Format
}

export default class ConfigCheck extends AuroraCommand<CheckResult> {
  static override summary = 'Check configuration files.'
  static override description = `Evaluates the files and checks every job in them: types, references, and all that the client or a scheduler would \
refuse. Everything is told at once, with its line, its field and what may have been meant. Ends with 0 when all is right, and with 3 when \
something is wrong. No scheduler is asked; {{docker.image[…][…]}} is left to the commands that send a job.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> hello_world.aurora',
    '<%= config.bin %> <%= command.id %> jobs/*.aurora --bind version=12 --strict',
    '<%= config.bin %> <%= command.id %> jobs/*.aurora --format github',
  ]
  static override args = {file: Args.string({required: true, multiple: true, description: 'The configuration files.'})}
  static override flags = {
    ...configFlags,
    strict: Flags.boolean({summary: 'Let warnings be failures, too.'}),
    format: Flags.option({options: FORMATS})({default: 'text', summary: 'For people, or as annotations of GitHub.'}),
  }

  protected async execute(): Promise<CheckResult> {
    const {args, flags} = await this.parse(ConfigCheck)
    const names = new Set(args.file)
    const configurations = await Promise.all(Array.from(names, (file) => this.configuration(file, flags)))
    const files = await this.operate(checkConfigs, {services: await this.services(), configurations})
    return {files, strict: flags.strict, format: flags.format}
  }

  protected override render({files, format}: CheckResult): string {
    return checkText(files, format)
  }

  protected override toJson({files, ...rest}: CheckResult): unknown {
    const ok = this.exitCodeFor({files, ...rest}) === ExitCode.ok
    return {ok, files, count: countOf(files)}
  }

  /** What is wrong with the files is the result; the exit code tells. */
  protected override exitCodeFor({files, strict}: CheckResult): number {
    const {errors, warnings} = countOf(files)
    return errors > 0 || (strict && warnings > 0) ? ExitCode.invalidConfiguration : ExitCode.ok
  }
}
