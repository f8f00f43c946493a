import {codeFiles} from '../../config/code-files.ts'
import type {LoadedConfig} from '../../config/load.ts'
import {UserError} from '../../model/errors.ts'
import {ExitCode} from '../../model/exit-code.ts'
import {parsePowers, type Powers} from '../powers.ts'
import {codeDigest, FILE_POWERS} from './config-grant.ts'

/** A configuration with hooks, as far as it can be granted something: what `grantFile` takes. */
export interface ConfigInspection {
  /** Links resolved. */
  path: string
  /** Of all its code. */
  digest: string
  /** The files that its code consists of. */
  code: readonly string[]
  /** The classes of its hooks. */
  classes: readonly string[]
}

export function inspectConfig({file, hooks, inputs}: LoadedConfig): ConfigInspection {
  const code = codeFiles(inputs)
  const [path = file] = inputs.files.keys()
  return {path, digest: codeDigest(code), code: [...code.keys()], classes: hooks.map(({name}) => name)}
}

/** Reads `--allow exec=git,hg,fetch=https://…`. @throws UserError (exit 2) */
export function parseAllowed(texts: readonly string[]): Powers {
  const needs: Record<string, string[]> = {}
  let power = ''
  for (const item of texts.flatMap((text) => text.split(','))) {
    const [, named, value = item] = /^([a-z]+)=(.*)$/s.exec(item) ?? []
    power = named ?? power
    if (!(FILE_POWERS as readonly string[]).includes(power))
      throw malformed(`'${item}' is no power=value with one of ${FILE_POWERS.join(', ')}`)
    ;(needs[power] ??= []).push(value)
  }
  const problems: string[] = []
  const powers = parsePowers(needs, (text) => problems.push(text))
  if (problems.length > 0) throw malformed(problems.join('; '))
  return powers
}

function malformed(message: string): UserError {
  return new UserError(`--allow: ${message}`, {
    code: 'hooks.allow-malformed',
    exitCode: ExitCode.usage,
    remedy: 'Name what the hooks of the file may do: --allow exec=git, --allow fetch=https://change.example.com, --allow read=/etc/freeze.',
  })
}
