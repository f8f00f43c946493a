import {existsSync} from 'node:fs'
import type {Config} from '@oclif/core/config'
import {UserError} from '../model/errors.ts'
import type {HookView} from '../model/hook-view.ts'
import {nearest} from '../model/nearest.ts'
import type {Outcome} from '../model/outcome.ts'
import {readCatalogue} from './catalogue.ts'
import {type AuroraCommand, usageError} from './command.ts'
import {distFile} from './layout.ts'
import {recordViews} from './recorded-views.ts'

type CommandClass = (new (argv: string[], config: Config) => AuroraCommand) & {id: string; flags: object}

/** What hooks would see of a command, which is run as far as it changes nothing; no hook is asked. @throws UserError for what fails before that */
export async function hookContexts(words: readonly string[], config: Config): Promise<readonly HookView[]> {
  const {id, rest} = readWords(words)
  const command = await loadCommand(id)
  command.id = id
  const dry = 'dry-run' in command.flags && !rest.includes('--dry-run') ? ['--dry-run'] : []
  const instance = new command([...rest, ...dry], config) as unknown as {execute(): Promise<unknown>}
  return recordViews(async () => {
    try {
      await instance.execute()
    } catch (thrown) {
      const outcome = outcomeOf(thrown)
      if (outcome === undefined) throw usageError(thrown, id.replaceAll(':', ' ')) ?? thrown
      if ('error' in outcome) throw outcome.error
    }
  })
}

/** The longest command that the words begin with. */
function readWords(words: readonly string[]): {id: string; rest: string[]} {
  const {commands} = readCatalogue()
  const parts = (words[0] ?? '').includes('.') ? [...(words[0] ?? '').split('.'), ...words.slice(1)] : words
  for (let count = Math.min(parts.length, 4); count > 0; count--) {
    const id = parts.slice(0, count).join(':')
    if (commands.includes(id)) return {id, rest: parts.slice(count)}
  }
  const typed = parts.slice(0, 2).join(' ')
  throw new UserError(
    `there is no command '${typed}'${nearest(
      typed,
      commands.map((id) => id.replaceAll(':', ' ')),
    )}`,
    {
      code: 'hooks.unknown-command',
      remedy: 'Give a command with its arguments: aurora hooks context -- job kill west/www-data/prod/hello/0',
    },
  )
}

async function loadCommand(id: string): Promise<CommandClass> {
  const path = `commands/${id.replaceAll(':', '/')}.js`
  const file = readCatalogue()
    .plugins.map((plugin) => distFile(`plugins/${plugin}/${path}`))
    .find(existsSync)
  const module = (await import(file ?? path)) as {default: CommandClass}
  return module.default
}

/** How an operation ended, when it is what was thrown. */
function outcomeOf(thrown: unknown): Outcome | undefined {
  return thrown instanceof Error && 'outcome' in thrown ? (thrown.outcome as Outcome) : undefined
}
