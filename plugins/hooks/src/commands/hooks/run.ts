import {Args, AuroraCommand, changeFlags, ExitCode, Flags, type HookRun} from '@auroractl/cli'
import {runHook} from '../../operations/run.ts'
import {hookRunText} from '../../render/hook-run.ts'

export default class HooksRun extends AuroraCommand<HookRun> {
  static override summary = 'Ask one hook with a recorded context, and show what it says.'
  static override description = `Runs it in the sandbox with the powers that it was granted; a folder that is not linked, and a script, have none. As in a dry run, ctx.dryRun is set, and what it would fetch, run or store is told and not done, unless --for-real is given.
It ends with 4 when the hook fails; a denial is an answer.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> no-prod-kill --context kill.json',
    '<%= config.bin %> <%= command.id %> aurora-no-prod-kill/no-prod-kill --context kill.json --answer no-prod-kill=yes --for-real',
    '<%= config.bin %> <%= command.id %> ./my-hooks/guard --context kill.json --json',
  ]
  static override args = {
    hook: Args.string({required: true, description: "Its name, PLUGIN/NAME, or a path: a plugin's folder, FOLDER/NAME, or a script."}),
  }
  static override flags = {
    context: Flags.string({required: true, summary: "What the hook sees, as 'hooks context' prints it.", helpValue: 'FILE'}),
    'dry-run': changeFlags['dry-run'],
    'for-real': Flags.boolean({summary: 'Do what the hook does: its requests, its commands, its store.'}),
  }

  protected async execute(): Promise<HookRun> {
    const {args, flags} = await this.parse(HooksRun)
    const {hook} = args
    const {context, 'for-real': forReal} = flags
    const answers = {answer: flags['answer'] as string[], answers: flags['answers'] as string | undefined}
    return this.operate(runHook, {hook, context, forReal, flags: answers, dataDir: this.config.dataDir, files: await this.hookFiles()})
  }

  protected override render(run: HookRun): string {
    return hookRunText(run)
  }

  protected override exitCodeFor({decision}: HookRun): number {
    return decision === 'fail' ? ExitCode.commandFailure : ExitCode.ok
  }
}
