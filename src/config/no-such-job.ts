import type {UserError} from '../model/errors.ts'
import {nearestNames} from '../model/nearest.ts'
import {MISSING} from '../schema/record-key.ts'
import {firstLines} from './problem-text.ts'
import {refused} from './refused.ts'

/** What to say when no job has a key, or matches a pattern: what there is. */
export function noSuchJob(wanted: string, keys: readonly string[]): UserError {
  const noEnvironment = keys
    .filter((text) => text.split('/')[2] === MISSING)
    .map((text) => `Job ${text} in configuration file doesn't specify an environment`)
  const [open] = keys.flatMap((text) => toBind(text, wanted) ?? [])
  const [near] = nearestNames(wanted, keys)
  const lines = [
    `Could not find job ${wanted}`,
    ...firstLines(noEnvironment, (more) => `… and ${more} more that don't`),
    ...candidates(keys),
  ]
  const remedy = open === undefined ? near && `Did you mean ${near}?` : `Bind what its key leaves open: ${open}.`
  return refused(lines.join('\n'), 'config.no-such-job', remedy)
}

/** The options that make a key with references the wanted one, if they can. */
function toBind(key: string, wanted: string): string | undefined {
  const [start = '', ...rest] = key.split('{{')
  const names = rest.map((part) => part.split('}}', 1).join())
  const texts = [start, ...rest.map((part) => part.slice(part.indexOf('}}') + 2))]
  const pattern = texts.map((text) => text.replaceAll(/[^\w/]/g, String.raw`\$&`)).join(String.raw`([\w.-]+)`)
  const values = names.length === 0 ? undefined : new RegExp(`^${pattern}$`).exec(wanted)?.slice(1)
  const options = new Set(values?.map((value, i) => `--bind ${names[i]}=${value}`))
  // A name that stands there twice stands for one value.
  return options.size > 0 && options.size === new Set(names).size ? [...options].join(' ') : undefined
}

/** The keys that there are to choose from, as lines. */
export function candidates(keys: readonly string[]): string[] {
  return ['Candidates are:', ...firstLines(keys, (more) => `… and ${more} more`).map((text) => `  ${text}`)]
}
