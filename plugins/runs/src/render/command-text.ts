import type {RecordedRun} from '@auroractl/cli'

type Command = Pick<RecordedRun['attempts'][0]['header'], 'command' | 'argv'>

/** The command of a run as a person typed it; of what was bound only the names. */
export function commandText({command, argv}: Command): string {
  return ['aurora', ...command.split(':'), ...argv.map((word) => (typeof word === 'string' ? quoted(word) : `${word.name}=…`))].join(' ')
}

function quoted(word: string): string {
  return /^[\w@%+=:,./*-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
