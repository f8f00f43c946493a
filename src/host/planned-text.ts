import type {PlannedEffect} from '../model/planned-effect.ts'
import {safeLine} from '../terminal/safe-text.ts'

/** An effect of a dry run, for a person: a line, then what would be different, indented. */
export function plannedText({text, difference = [], hook}: PlannedEffect): string {
  const by = hook === undefined ? '' : ` (hook ${hook})`
  return [`Would ${safeLine(text)}${by}`, ...difference.map((line) => `  ${safeLine(line)}`)].map((line) => `${line}\n`).join('')
}
