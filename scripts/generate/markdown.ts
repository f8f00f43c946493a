import {type CommandManifest, exampleText, type FlagManifest, words} from './commands.ts'

const GLOBAL = 'GLOBAL'

/** `docs/commands.md`: every command of ours, then the names of those that come with oclif. */
export function commandsPage(commands: readonly CommandManifest[], foreign: readonly CommandManifest[]): string {
  const shared = Object.values(commands[0]?.flags ?? {}).filter(isShared)
  return [
    '<!-- Generated from the commands by `npm run generate`. Do not edit. -->',
    '# Commands',
    'Every command ends with one of the [exit codes](exit-codes.md). `aurora COMMAND --help` shows the same as this page.',
    commands.map(({id}) => `- [aurora ${words(id)}](#${anchor(id)}): ${summaryOf(commands, id)}`).join('\n'),
    '## Options of every command',
    optionTable(shared),
    'The beginning of a long option will do as long as no other option begins so: `--batch 5`. What follows `--` is never an option.',
    'With `--json`, a command that fails writes [an error](schemas/error.json), and one that ran with `--dry-run` [what it would have done](schemas/dry-run.json).',
    ...commands.flatMap(section),
    '## Commands of oclif',
    'These come with the framework that the client is built on; `aurora COMMAND --help` describes them.',
    table(
      ['command', 'what it does'],
      foreign.map((command) => [`\`aurora ${words(command.id)}\``, firstLine(command)]),
    ),
    '',
  ].join('\n\n')
}

function section(command: CommandManifest): string[] {
  const {id, summary = '', description = '', args, examples = []} = command
  const own = Object.values(command.flags).filter((flag) => !isShared(flag))
  return [
    `## aurora ${words(id)}`,
    summary,
    description,
    fenced(usage(command)),
    Object.keys(args).length === 0
      ? ''
      : table(
          ['argument', 'is'],
          Object.values(args).map(({name, description = '', default: value}) => [
            `\`${name.toUpperCase()}\``,
            escaped(description) + (value === undefined ? '' : `; \`${String(value)}\` by default`),
          ]),
        ),
    own.length === 0 ? '' : optionTable(own),
    fenced(examples.map((example) => exampleText(command, example)).join('\n')),
    `Result with \`--json\`: [schema](schemas/${schemaFile(id)}).`,
  ].filter((part) => part !== '')
}

/** The file in `docs/schemas` that describes the result of a command. */
export function schemaFile(id: string): string {
  return `${id.replaceAll(':', '.')}.json`
}

function usage({id, args}: CommandManifest): string {
  const names = Object.values(args).map(({name, required}) => (required ? name.toUpperCase() : `[${name.toUpperCase()}]`))
  return ['aurora', words(id), ...names, '[OPTION]...'].join(' ')
}

function optionTable(flags: readonly FlagManifest[]): string {
  return table(
    ['option', 'default', 'means'],
    flags.map((flag) => [option(flag), defaultOf(flag), escaped(flag.summary ?? '')]),
  )
}

function option({name, char, type, options, helpValue}: FlagManifest): string {
  const value = type === 'boolean' ? '' : ` ${options?.join('|') ?? helpValue ?? 'VALUE'}`
  return `${char === undefined ? '' : `\`-${char}\`, `}\`--${name}${escaped(value)}\``
}

function defaultOf({default: value}: FlagManifest): string {
  return value === undefined || (Array.isArray(value) && value.length === 0) ? '' : `\`${String(value)}\``
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function isShared({helpGroup}: FlagManifest): boolean {
  return helpGroup === GLOBAL
}

function summaryOf(commands: readonly CommandManifest[], id: string): string {
  return commands.find((command) => command.id === id)?.summary ?? ''
}

function firstLine({id, summary, description = ''}: CommandManifest): string {
  // The one command of oclif's that says nothing of itself.
  const text = summary ?? (description.split('\n', 1)[0] || (id === 'version' ? 'Show the version.' : ''))
  return escaped(text.replaceAll('<%= config.bin %>', 'aurora'))
}

export function fenced(text: string): string {
  return `\`\`\`\n${text}\n\`\`\``
}

export function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

function anchor(id: string): string {
  return `aurora-${words(id).replaceAll(' ', '-')}`
}
