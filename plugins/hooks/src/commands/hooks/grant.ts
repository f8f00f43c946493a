import {statSync} from 'node:fs'
import {Args, changeFlags, Flags, readCatalogue, safeLine, UserError} from '@auroractl/cli'
import {grantHooks} from '../../operations/grant.ts'
import {type FileGrantReport, grantFileHooks} from '../../operations/grant-file.ts'
import {PluginCommand} from '../../plugin-command.ts'
import type {PluginReport} from '../../report.ts'

const HOOK_FILE = /\.(ya?ml|json|aurora)$/

export default class HooksGrant extends PluginCommand<PluginReport | FileGrantReport> {
  static override summary = 'Grant the hooks of a plugin or a file what they ask for.'
  static override description = `Shows it first, of a plugin with what is new (+) and what is gone (-) since the last grant, and asks. Until then the hooks are blocked, and what they guard is denied.
The Python hooks of a configuration cannot say what they need: --allow names it. The grant is for the code as it is now, with all that it includes and imports, and replaces an earlier one.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> my-hooks',
    '<%= config.bin %> <%= command.id %> my-hooks --yes',
    '<%= config.bin %> <%= command.id %> jobs/hello.aurora --allow exec=git --allow fetch=https://change.example.com',
  ]
  static override args = {plugin: Args.string({required: true, description: 'the name of the plugin, or its folder; or a file with hooks'})}
  static override flags = {
    ...changeFlags,
    allow: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      default: [],
      defaultHelp: async () => undefined,
      summary: 'What the Python hooks of a configuration may do: exec=COMMAND, fetch=ORIGIN, read=PATH.',
      helpValue: 'POWER=VALUE,...',
    }),
  }

  protected async execute(): Promise<PluginReport | FileGrantReport> {
    const {args, flags} = await this.parse(HooksGrant)
    const {operations} = readCatalogue()
    const common = {dataDir: this.config.dataDir, operations, approve: this.approve}
    if (statSync(args.plugin, {throwIfNoEntry: false})?.isFile()) {
      return this.operate(grantFileHooks, {...common, services: await this.services(), file: args.plugin, allow: flags.allow})
    }
    if (HOOK_FILE.test(args.plugin)) {
      throw new UserError(`There is no file ${safeLine(args.plugin)}`, {
        code: 'grants.no-file',
        remedy: 'Give the path of the file, or the name of a plugin.',
      })
    }
    if (flags.allow.length > 0)
      throw new UserError(`--allow is for configuration files; ${args.plugin} is none`, {code: 'usage', exitCode: 2})
    return this.operate(grantHooks, {...common, subject: args.plugin})
  }

  protected override render(report: PluginReport | FileGrantReport): string {
    return `${safeLine(`Granted ${'kind' in report ? report.path : `${report.name} what its hooks ask for`}`)}\n`
  }
}
