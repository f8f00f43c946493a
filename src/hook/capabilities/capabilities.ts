import type {LookupAddress} from 'node:dns'
import type {Masker} from '../../model/masker.ts'
import type {SchedulerApi} from '../../scheduler/api.ts'
import type {Prompt} from '../../terminal/prompt.ts'
import type {PromptAnswers} from './prompt-answers.ts'

/** The world as the host lends it to hooks, for one run of a command. */
export interface Capabilities {
  prompt: Prompt
  /** Answers that were given with the command, for when nobody can be asked. */
  answers: PromptAnswers
  /** Where relative paths begin and commands run: the folder of the configuration, else the current one. */
  folder: string
  env: NodeJS.ProcessEnv
  /** oclif's data folder. */
  dataDir: string
  /** The scheduler of a cluster. */
  scheduler(cluster: string): Promise<SchedulerApi>
  /** All addresses of a host. */
  lookup(host: string): Promise<LookupAddress[]>
  /** Milliseconds since 1970. */
  now(): number
  /** Hides the secrets that hooks were given. */
  masker: Masker
}
