import {Args, AuroraCommand, changeFlags, Flags, readCatalogue, safeLine} from '@auroractl/cli'
import {type NewHook, newHook} from '../../operations/new.ts'

export default class HooksNew extends AuroraCommand<NewHook> {
  static override summary = 'Make a plugin with one hook, and its test.'
  static override description = `Writes a folder with the hook, its manifest, a file of test cases and what an editor needs, in TypeScript unless --js asks for JavaScript. What it makes passes 'hooks test', and can be linked.
A folder that has anything in it is left alone.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> no-root-kill',
    '<%= config.bin %> <%= command.id %> tell-the-team --on post:job.create --on error:job.create --folder hooks/tell --js',
  ]
  static override args = {name: Args.string({required: true, description: 'The name of the hook.'})}
  static override flags = {
    ...changeFlags,
    on: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      default: ['pre:job.kill'],
      summary: 'A point at which it runs; may be repeated.',
      helpValue: 'PHASE:OPERATION',
    }),
    folder: Flags.string({summary: 'Where to make it; a folder of its name by default.', helpValue: 'PATH'}),
    js: Flags.boolean({summary: 'JavaScript instead of TypeScript.'}),
  }

  protected async execute(): Promise<NewHook> {
    const {args, flags} = await this.parse(HooksNew)
    const {operations, version} = readCatalogue()
    const plan = {name: args.name, on: flags.on, language: flags.js ? ('js' as const) : ('ts' as const), version}
    return this.operate(newHook, {plan, folder: flags.folder ?? args.name, operations})
  }

  protected override render({folder, files}: NewHook): string {
    const shown = safeLine(folder)
    return `${files.map((file) => `${shown}/${safeLine(file)}\n`).join('')}\nTo test it:  aurora hooks test ${shown}\nTo use it:   aurora plugins link ${shown}\n`
  }
}
