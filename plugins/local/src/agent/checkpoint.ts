import {appendFileSync, mkdirSync, readFileSync, truncateSync} from 'node:fs'
import {join} from 'node:path'
import type {Account} from './account.ts'
import {isFields} from './fields.ts'
import type {RunResult} from './plan.ts'
import type {AgentStatus} from './types.ts'

export type Stage = 'ACTIVE' | 'CLEANING' | 'FINALIZING'

/** What a task has gone through, one JSON line each; replayed, it brings back plan and stage. Times are milliseconds of the wall clock. */
export type CheckpointRecord =
  | {type: 'header'; boot: string; run: string; sandbox: string; account: Account; switched: boolean}
  | {type: 'forked'; process: string; run: number}
  | {type: 'ended'; process: string; run: number; result: RunResult; detail: string; at: number}
  | {type: 'stage'; stage: Stage; deadline: number; healthy: boolean}
  | {type: 'asked'; process: string}
  | {type: 'killed'; status: AgentStatus['status']; message: string; deadline: number}
  | {type: 'status'; status: AgentStatus['status']; message: string}

const FILE = 'runner'

/** A task's checkpoint: appended to before things happen, so that a killed daemon's successor knows (reference/thermos.md §7). */
export class Checkpoint {
  readonly folder: string
  readonly #path: string

  constructor(folder: string) {
    this.folder = folder
    this.#path = join(folder, FILE)
  }

  append(record: CheckpointRecord): void {
    mkdirSync(this.folder, {recursive: true, mode: 0o700})
    appendFileSync(this.#path, `${JSON.stringify(record)}\n`, {mode: 0o600})
  }

  /** Where the coordinator of a run writes. */
  runRecord(process: number, run: number): string {
    return join(this.folder, `coordinator.${process}.${run}`)
  }

  /** All whole records; a torn last line is cut off. Nothing, if there is no checkpoint; throws if it cannot be understood. */
  read(): CheckpointRecord[] | undefined {
    let text: string
    try {
      text = readFileSync(this.#path, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    if (whole.length < text.length) truncateSync(this.#path, Buffer.byteLength(whole))
    return whole
      .split('\n')
      .slice(0, -1)
      .map((line) => {
        const record: unknown = JSON.parse(line)
        if (!isRecord(record)) throw new Error(`not a checkpoint record: ${line.slice(0, 100)}`)
        return record
      })
  }
}

const STRINGS: Readonly<Record<CheckpointRecord['type'], readonly string[]>> = {
  header: ['boot', 'run', 'sandbox'],
  forked: ['process'],
  ended: ['process', 'result'],
  stage: ['stage'],
  asked: ['process'],
  killed: ['status', 'message'],
  status: ['status', 'message'],
}

/** The file is ours (0600); this tells a record from what a broken disk has made of it. */
function isRecord(value: unknown): value is CheckpointRecord {
  if (!isFields(value) || typeof value['type'] !== 'string' || !Object.hasOwn(STRINGS, value['type'])) return false
  const strings = STRINGS[value['type'] as CheckpointRecord['type']]
  return strings.every((name) => typeof value[name] === 'string')
}
