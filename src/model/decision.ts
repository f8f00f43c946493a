import type {JsonObject} from './json.ts'

/** What a hook answers. */
export type Decision = {decision: 'allow'} | {decision: 'deny'; reason: string} | {decision: 'amend'; changes: JsonObject}
