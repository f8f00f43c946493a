import {availableParallelism, totalmem} from 'node:os'
import type {Resources} from '../core/resources.ts'

/** Tasks of one's own machine mostly idle: what they reserve is a promise, not a limit, so much more is offered than there is. */
const OVERCOMMIT = 16
const MB = 1024 * 1024

/** What the host offers to tasks unless told otherwise. */
export function hostResources(given: Partial<Resources> = {}): Resources {
  return {
    cpus: availableParallelism() * OVERCOMMIT,
    ramMb: Math.floor(totalmem() / MB) * OVERCOMMIT,
    diskMb: 1024 * 1024,
    gpus: 0,
    ...given,
  }
}
