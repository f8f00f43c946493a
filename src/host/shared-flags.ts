import * as Flags from '@oclif/core/flags'
import {formatDuration, parseDuration} from '../model/duration.ts'
import {PROGRESS_MODES, type ProgressMode} from '../terminal/renderer.ts'

/** The flags of every command. */
export const sharedFlags = {
  verbose: Flags.boolean({char: 'v', summary: 'Log what happens inside.', helpGroup: 'GLOBAL'}),
  json: Flags.boolean({summary: 'Write the result as one JSON document on stdout, and nothing else there.', helpGroup: 'GLOBAL'}),
  progress: Flags.option({options: PROGRESS_MODES})({
    default: 'auto' satisfies ProgressMode,
    summary: 'How progress is shown on stderr.',
    helpGroup: 'GLOBAL',
  }),
}

/** The flags of commands around whose operations hooks run. */
export const hookFlags = {
  'skip-hooks': Flags.string({
    summary: "Hooks that are not to run: names separated by commas, or 'all'.",
    helpValue: 'HOOK,...|all',
    helpGroup: 'HOOKS',
  }),
}

/** The flags of commands that change something. */
export const changeFlags = {
  ...hookFlags,
  'dry-run': Flags.boolean({summary: 'Show what would be done, and do nothing.'}),
  yes: Flags.boolean({char: 'y', summary: 'Answer the questions of the command itself with yes; hooks still ask.'}),
}

/** The flags of commands that load a configuration. */
export const configFlags = {
  bind: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    default: [],
    defaultHelp: async () => undefined,
    summary: 'Bind a name in the configuration to a value; may be repeated.',
    helpValue: 'NAME=VALUE',
  }),
  'read-json': Flags.boolean({char: 'j', summary: 'The configuration file is JSON.'}),
}

/** A time span such as `1h30m`, as milliseconds. */
export const durationFlag = Flags.custom<number>({
  parse: async (text) => parseDuration(text),
  helpValue: '1h30m',
  defaultHelp: async ({options}) => (typeof options.default === 'number' ? formatDuration(options.default) : undefined),
})
