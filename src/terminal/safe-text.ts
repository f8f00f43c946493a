// oxlint-disable no-control-regex
/** Escape sequences that drive a terminal: CSI, OSC and other strings, and two-byte ones. A string that has no end must not take later lines along. */
const ESCAPES =
  /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]?|(?:\u001B[\]PX^_]|[\u0090\u0098\u009D-\u009F])[^\n]*?(?:\u0007|\u001B\\|\u009C|(?=\n)|$)|\u001B[ -/]*[0-~]?/g
/** All controls but line feed and tab; C1 too, and the marks that reorder text (they can hide what a line says). */
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g
const JSON_CONTROLS = /[\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g

/** Text from outside (a scheduler, a hook, a task) as it may go to a terminal: no escapes, no controls, no reordering. */
export function safeText(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(ESCAPES, '').replace(CONTROLS, '')
}

/** JSON as it may go to a terminal, with the same meaning: what JSON itself lets through of controls is spelt out. */
export function safeJson(json: string): string {
  return json.replace(JSON_CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The same on one line, at most `limit` characters long. */
export function safeLine(text: string, limit = 1_000): string {
  const lines = safeText(text).split('\n')
  const joined = lines.map((part) => part.trim()).filter((part) => part !== '')
  const line = lines.length > 1 ? joined.join(' ') : (lines[0] ?? '')
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line
}
