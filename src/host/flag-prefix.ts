import type * as Interfaces from '@oclif/core/interfaces'

type Flagged = {flags?: Interfaces.FlagInput; baseFlags?: Interfaces.FlagInput}

/** Replaces each unambiguous prefix of a long option (`--batch 5`) by the option; scripts use them (reference/commands.md §1.1). */
export function expandFlagPrefixes(argv: readonly string[], command: Flagged): string[] {
  const flags: Interfaces.FlagInput = {...command.baseFlags, ...command.flags}
  const names = Object.entries(flags).flatMap(([name, flag]) => [
    name,
    ...(flag.aliases ?? []),
    ...(flag.type === 'boolean' && flag.allowNo ? [`no-${name}`] : []),
  ])
  const end = argv.indexOf('--')
  return argv.map((word, index) => {
    const match = /^--([^=]+)(=.*)?$/s.exec(word)
    if (!match || (end !== -1 && index >= end)) return word
    const [, typed = '', value = ''] = match
    if (names.includes(typed)) return word
    const candidates = names.filter((name) => name.startsWith(typed))
    return candidates.length === 1 ? `--${candidates[0]}${value}` : word
  })
}
