import type {RunningCluster} from './state-file.ts'

/** What the daemon tells whoever started it, once. */
export type DaemonMessage = {started: RunningCluster} | {failed: {message: string; code: string; remedy: string}}
