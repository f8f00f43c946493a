import {Args, AuroraCommand, configFlags, ExitCode, Flags, safeLine} from '@auroractl/cli'
import {listConfig, listRegistered} from '../../operations/list.ts'
import {registeredTable} from '../../render/registered.ts'
import type {RegisteredJob} from '../../steps/ask-schedulers.ts'

type Result = {keys: readonly string[]} | {registered: readonly RegisteredJob[]}

export default class ConfigList extends AuroraCommand<Result> {
  static override summary = 'List the jobs that a configuration file defines.'
  static override description = `With --registered it also tells what the scheduler of each job's cluster knows of it. Where one cannot be asked, its jobs are shown as not known, and the command ends with 4.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> hello_world.aurora',
    '<%= config.bin %> <%= command.id %> hello_world.aurora --bind env=prod --json',
    '<%= config.bin %> <%= command.id %> hello_world.aurora --registered',
  ]
  static override args = {file: Args.string({required: true, description: 'The configuration file.'})}
  static override flags = {
    ...configFlags,
    registered: Flags.boolean({summary: 'Ask the schedulers which of the jobs they know, and how many instances run.'}),
  }

  protected async execute(): Promise<Result> {
    const {args, flags} = await this.parse(ConfigList)
    const input = {services: await this.services(), configuration: await this.configuration(args.file, flags)}
    if (flags.registered) return {registered: await this.operate(listRegistered, input)}
    return {keys: await this.operate(listConfig, input)}
  }

  protected override render(result: Result): string {
    return 'keys' in result ? `jobs=[${result.keys.map((key) => safeLine(key)).join(', ')}]\n` : registeredTable(result.registered)
  }

  protected override toJson(result: Result): unknown {
    return 'keys' in result ? result.keys : result.registered
  }

  protected override exitCodeFor(result: Result): number {
    const all = 'keys' in result || result.registered.every(({state}) => state !== 'unknown')
    return all ? ExitCode.ok : ExitCode.commandFailure
  }
}
