import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {Config, Help, Plugin, settings} from '@oclif/core'
import {type Catalogue, HELP_WIDTHS} from '../../src/host/catalogue.ts'

// The commands are built already; oclif would look for their sources beside them.
settings.enableAutoTranspile = false

/** Writes each plugin's manifest, the catalogue of all commands, and their help at several widths. */
export async function writeCatalogue(names: readonly string[], operations: Catalogue['operations']): Promise<void> {
  const plugins = await Promise.all(names.map(loadFresh))
  const config = await loadConfig(plugins)
  const own = new Set(plugins.flatMap((plugin) => plugin.commandIDs))
  const topics = new Set(
    [...own].flatMap((id) =>
      id
        .split(':')
        .slice(0, -1)
        .map((_, index, parts) => parts.slice(0, index + 1).join(':')),
    ),
  )
  const {name, version} = JSON.parse(readFileSync('package.json', 'utf8')) as {name: string; version: string}
  const catalogue: Catalogue = {
    name,
    version,
    parts: {oclif: versionOf('@oclif/core'), pyodide: versionOf('pyodide')},
    operations,
    plugins: [...names],
    commands: [...own].sort(),
    // A topic that other plugins extend too (`plugins`) is answered by the host that knows them all.
    topics: [...topics].filter((topic) => config.commandIDs.filter((id) => id.startsWith(`${topic}:`)).every((id) => own.has(id))),
  }
  writeFileSync('dist/catalogue.json', JSON.stringify(catalogue))
  mkdirSync('dist/help', {recursive: true})
  for (const width of HELP_WIDTHS) writeFileSync(`dist/help/${width}.json`, JSON.stringify(await renderHelp(config, catalogue, width)))
}

function versionOf(name: string): string {
  return (JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as {version: string}).version
}

async function loadFresh(name: string): Promise<Plugin> {
  const plugin = new Plugin({
    root: `${process.cwd()}/dist/plugins/${name}`,
    type: 'core',
    ignoreManifest: true,
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
  })
  await plugin.load()
  writeFileSync(`dist/plugins/${name}/oclif.manifest.json`, JSON.stringify(plugin.manifest))
  return plugin
}

async function loadConfig(plugins: readonly Plugin[]): Promise<Config> {
  const root = new Plugin({root: process.cwd(), isRoot: true, type: 'core'})
  await root.load()
  const config = new Config({
    root: process.cwd(),
    userPlugins: false,
    plugins: new Map([root, ...plugins].map((plugin) => [plugin.name, plugin])),
  })
  await config.load()
  await config.loadPluginsAndCommands({force: true})
  return config
}

class HelpText extends Help {
  readonly lines: string[] = []
  protected override log(...lines: string[]): void {
    this.lines.push(...lines)
  }
}

async function renderHelp(config: Config, catalogue: Catalogue, width: number): Promise<Record<string, string>> {
  const ids = config.commands.map((command) => [command, command.id] as const)
  const texts: Record<string, string> = {}
  for (const subject of ['', ...catalogue.topics, ...catalogue.commands]) {
    // oclif's help writes ids for display into the commands that it was given.
    for (const [command, id] of ids) command.id = id
    const help = new HelpText(config, {...config.pjson.oclif.helpOptions, maxWidth: width})
    await help.showHelp(subject === '' ? [] : subject.split(':'))
    texts[subject] = `${help.lines.join('\n')}\n`
  }
  return texts
}
