import type {LogLevel} from '../model/events.ts'

const PREFIX: Record<LogLevel, string> = {debug: 'DEBUG] ', info: ' INFO] ', warn: ' WARN] ', error: 'ERROR] '}

/** A log line as the client has always written it: the level right-aligned in five columns (reference/commands.md §1.4). */
export function logLine(level: LogLevel, text: string): string {
  return `${PREFIX[level]}${text}\n`
}
