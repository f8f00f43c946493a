import {Args, AuroraCommand, configFlags, hookFlags} from '@auroractl/cli'
import {listConfig} from '../../operations/list.ts'

export default class ConfigList extends AuroraCommand<readonly string[]> {
  static override summary = 'List the jobs that a configuration file defines.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> hello_world.aurora',
    '<%= config.bin %> <%= command.id %> hello_world.aurora --bind env=prod --json',
  ]
  static override args = {file: Args.string({required: true, description: 'The configuration file.'})}
  static override flags = {...hookFlags, ...configFlags}

  protected async execute(): Promise<readonly string[]> {
    const {args, flags} = await this.parse(ConfigList)
    const configuration = await this.configuration(args.file, flags)
    return this.operate(listConfig, {services: await this.services(), configuration})
  }

  protected override render(keys: readonly string[]): string {
    return `jobs=[${keys.join(', ')}]\n`
  }
}
