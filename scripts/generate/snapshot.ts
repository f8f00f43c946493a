import {format, resolveConfig} from 'prettier'
import {type CommandManifest, words} from './commands.ts'

/** What scripts rely on in every command: its words, arguments and options. A change of it shows in a review. */
export async function commandSnapshot(commands: readonly CommandManifest[], path: string): Promise<string> {
  const snapshot = commands.map(({id, args, flags}) => ({
    id: words(id),
    args: Object.values(args).map(({name, required = false}) => ({name, required})),
    flags: Object.values(flags)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map(({name, char, type, options, default: value, multiple, required}) => ({
        name,
        char,
        type,
        options,
        default: value,
        multiple: multiple || undefined,
        required: required || undefined,
      })),
  }))
  return format(JSON.stringify(snapshot), {...(await resolveConfig(path)), parser: 'json'})
}
