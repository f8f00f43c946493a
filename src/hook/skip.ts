import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {RegisteredHook} from './registered.ts'

/** The hooks that the user does not want to run this time. */
export interface Skip {
  skips(hook: string): boolean
  /** The names given, none for `all`. */
  names: readonly string[]
  all: boolean
}

/** Reads `--skip-hooks all|a,b` (reference/hooks.md §2.3). @throws UserError (exit 2) for an empty name. */
export function parseSkip(text: string | undefined): Skip {
  if (text === undefined) return {skips: () => false, names: [], all: false}
  const names = text.split(',')
  if (names.includes('')) {
    throw new UserError(`--skip-hooks: '${text}' has an empty name`, {
      code: 'skip-hooks.malformed',
      exitCode: ExitCode.usage,
      remedy: "Give names separated by commas, or 'all'.",
    })
  }
  const all = names.includes('all')
  return {skips: (hook) => all || names.includes(hook), names: all ? [] : names, all}
}

/** @throws UserError (exit 5) when the user names a policy hook */
export function refusePolicySkip({names}: Skip, hooks: readonly RegisteredHook[]): void {
  const held = hooks.filter(({name, kind}) => kind === 'policy' && names.includes(name))
  const [first] = held
  if (!first) return
  throw new UserError(
    `--skip-hooks: ${held.map(({name}) => name).join(', ')} cannot be skipped: ${first.source} holds everybody here to it`,
    {
      code: 'skip-hooks.policy',
      exitCode: ExitCode.invalidCommand,
      remedy: 'Do what it asks for, or ask who looks after this machine.',
    },
  )
}
