import {Args, AuroraCommand, changeFlags, configFlags, Flags, jobKeyArg} from '@auroractl/cli'
import {type Conversion, convertConfigFile} from '../../operations/convert.ts'

const SYNTAXES = ['ts', 'yaml', 'json'] as const

export default class ConfigConvert extends AuroraCommand<Conversion> {
  static override summary = 'Write a configuration file in another syntax: TypeScript, YAML or JSON.'
  static override description = `What is written gives the same jobs: references and bindings stay as they are, and what is there by default is not written.
What the file computes, such as a job for each environment, becomes what it computed. With --bind, the names are bound in what is written.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> hello_world.aurora --to yaml',
    '<%= config.bin %> <%= command.id %> hello_world.aurora devcluster/www-data/prod/hello --to ts --output hello.aurora.ts',
  ]
  static override args = {
    file: Args.string({required: true, description: 'The configuration file.'}),
    job: jobKeyArg({required: false, description: 'CLUSTER/ROLE/ENV/NAME, for one job alone'}),
  }
  static override flags = {
    ...changeFlags,
    ...configFlags,
    to: Flags.option({options: SYNTAXES})({required: true, summary: 'The syntax to write.'}),
    output: Flags.string({helpValue: 'FILE', summary: 'The file to write, instead of stdout; one that is there is left alone.'}),
    force: Flags.boolean({summary: 'Write over the file that is there.'}),
  }

  protected async execute(): Promise<Conversion> {
    const {args, flags} = await this.parse(ConfigConvert)
    const configuration = await this.configuration(args.file, flags)
    const {to, output, force} = flags
    const conversion = await this.operate(convertConfigFile, {
      services: await this.services(),
      configuration,
      to,
      job: args.job,
      output,
      force,
    })
    for (const note of conversion.notes) this.warning(note)
    return conversion
  }

  protected override render({text, file}: Conversion): string {
    return file === undefined ? text : ''
  }
}
