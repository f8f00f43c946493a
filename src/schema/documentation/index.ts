import {containers} from './container.ts'
import {health} from './health.ts'
import {jobs} from './job.ts'
import {processes} from './process.ts'
import {tasks} from './task.ts'
import type {Documentation} from './types.ts'
import {updates} from './update.ts'

export {helpers, references} from './names.ts'
export type {FieldDocumentation, StructDocumentation} from './types.ts'

/** What every struct and field of the language means. */
export const documentation: Documentation = {...jobs, ...tasks, ...processes, ...updates, ...health, ...containers}
