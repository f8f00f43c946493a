import * as Flags from '@oclif/core/flags'
import {formatDuration, parseDuration} from '../model/duration.ts'
import {PROGRESS_MODES, type ProgressMode} from '../terminal/renderer.ts'

/** Every command is an operation, and hooks run around each. */
const hookFlags = {
  'skip-hooks': Flags.string({
    summary: "Hooks that are not to run: names separated by commas, or 'all'. It is recorded.",
    helpValue: 'HOOK,...|all',
    helpGroup: 'HOOKS',
  }),
  'skip-reason': Flags.string({
    summary: 'Why hooks are skipped, for the record.',
    helpValue: 'TEXT',
    helpGroup: 'HOOKS',
    dependsOn: ['skip-hooks'],
  }),
  hooks: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    default: [],
    defaultHelp: async () => undefined,
    summary: 'A file of hooks that are to run this time; may be repeated.',
    helpValue: 'FILE',
    helpGroup: 'HOOKS',
  }),
  frozen: Flags.boolean({
    env: 'AURORA_FROZEN',
    summary: 'Refuse to run with other hooks than those of aurora-hooks.lock.',
    helpGroup: 'HOOKS',
  }),
  answer: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    default: [],
    defaultHelp: async () => undefined,
    summary: 'Answer the questions of a hook, for runs without a terminal; may be repeated.',
    helpValue: 'HOOK[:QUESTION]=ANSWER',
    helpGroup: 'HOOKS',
  }),
  answers: Flags.string({
    summary: 'A JSON file with such answers.',
    helpValue: 'FILE',
    helpGroup: 'HOOKS',
  }),
}

/** The flags of every command. */
export const sharedFlags = {
  verbose: Flags.boolean({char: 'v', summary: 'Log what happens inside.', helpGroup: 'GLOBAL'}),
  json: Flags.boolean({summary: 'Write the result as one JSON document on stdout, and nothing else there.', helpGroup: 'GLOBAL'}),
  progress: Flags.option({options: PROGRESS_MODES})({
    default: 'auto' satisfies ProgressMode,
    summary: 'How progress is shown on stderr.',
    helpGroup: 'GLOBAL',
  }),
  ...hookFlags,
}

/** The flags of commands that change something. */
export const changeFlags = {
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
