import {Args, AuroraCommand, Flags, type HookView, jsonText} from '@auroractl/cli'
import {hookContext} from '../../operations/context.ts'

export default class HooksContext extends AuroraCommand<HookView> {
  static override summary = 'Show what a hook would see of a command, as JSON.'
  static override description = `Runs the command as far as it changes nothing, with --dry-run, and asks no hook. Kept in a file, the context is what 'hooks run --context' and the cases of 'hooks test' take. Options of the command come behind --.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> job kill devcluster/www-data/prod/hello/0',
    '<%= config.bin %> <%= command.id %> --phase amend -- job create devcluster/www-data/prod/hello hello_world.aurora',
  ]
  static override args = {
    command: Args.string({required: true, multiple: true, description: 'The command, with its arguments.'}),
  }
  static override flags = {
    phase: Flags.option({options: ['amend', 'pre'] as const})({default: 'pre', summary: 'The phase of the hook.'}),
  }

  protected async execute(): Promise<HookView> {
    const {args, flags} = await this.parse(HooksContext)
    return this.operate(hookContext, {words: args.command, phase: flags.phase, config: this.config})
  }

  protected override render(context: HookView): string {
    return jsonText(context)
  }
}
