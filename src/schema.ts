/** The job model, for plugins: what a job is, how it is checked, and what the scheduler gets. */
export {type CanonicalJob, canonicalJob, isAccepted} from './schema/canonical.ts'
export {type ConvertOptions, toJobConfiguration} from './schema/convert.ts'
export {toUpdateSettings} from './schema/update.ts'
export {toJobUpdateRequest} from './schema/update-request.ts'
export {parseData} from './schema/same-data.ts'
export {executorData, jobJson} from './schema/executor-data.ts'
export {inspectJob} from './schema/inspect.ts'
export {type Binding, type Job, type JobRecord, type Process, type ResolvedJob, type Task, jobFromPlain, resolveJob} from './schema/job.ts'
export {requestedPorts} from './schema/ports.ts'
export {type GraphProcess, processGraph} from './schema/process-graph.ts'
export {type Problem} from './schema/problem.ts'
export {validateJob} from './schema/validate.ts'
export type {ExplainedField, ExplainedName, ExplainedStruct, Explanation, Overview} from './schema/documentation/explain.ts'

/** The documentation of the language: texts that few commands need, loaded when one does. */
export const languageReference = () => import('./schema/documentation/reference.ts')
