import {Args, changeFlags, Flags, pluginManager, readCatalogue, safeLine} from '@auroractl/cli'
import {installPlugin} from '../../operations/install.ts'
import {PluginCommand} from '../../plugin-command.ts'
import type {PackageReport} from '../../report.ts'

export default class PluginsInstall extends PluginCommand<PackageReport> {
  static override summary = 'Install a plugin from the npm registry, after a look at what it brings.'
  static override description =
    "Fetches the package, shows its hooks, the powers that they ask for, whether it brings code that runs outside the sandbox, and the install scripts of it and of its dependencies, and asks. Saying yes grants the hooks what they ask for. What was looked at is what is installed, and no script is run, unless allowed. Uses npm's own settings; AURORA_NPM_REGISTRY names another registry."
  static override examples = [
    '<%= config.bin %> <%= command.id %> aurora-change-freeze',
    '<%= config.bin %> <%= command.id %> @team/aurora-tools@2.1.0 --yes',
    '<%= config.bin %> <%= command.id %> ./team-tools-1.0.0.tgz --dry-run',
  ]
  static override args = {
    package: Args.string({required: true, description: 'a name, name@version or name@tag, or a tarball'}),
  }
  static override flags = {
    ...changeFlags,
    'allow-scripts': Flags.boolean({summary: 'Run the install scripts of the package and its dependencies, with all your powers.'}),
  }

  protected async execute(): Promise<PackageReport> {
    const {args, flags} = await this.parse(PluginsInstall)
    const {operations} = readCatalogue()
    const {staged} = await pluginManager()
    return staged(this.config.dataDir, (staging) =>
      this.operate(installPlugin, {
        staging,
        operations,
        spec: args.package,
        allowScripts: flags['allow-scripts'],
        approve: this.approve,
      }),
    )
  }

  protected override render({name, version}: PackageReport): string {
    return `${safeLine(`Installed ${name} ${version}`)}\n`
  }
}
