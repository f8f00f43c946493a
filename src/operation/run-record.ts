import type {Json} from '../model/json.ts'

/** A change that an earlier attempt of a run was about to make, or made. */
export interface PastEffect {
  name: string
  /** `in-doubt`: the attempt ended before it knew; `failed`: it is known not to have happened. */
  state: 'done' | 'failed' | 'in-doubt'
  /** What was answered, when it is done. */
  answer: Json
  findOut: string
}

/** What earlier attempts of a run have recorded, by place in the run. */
export interface PastRun {
  effects: ReadonlyMap<string, PastEffect>
  /** What steps found that the run goes on with. */
  memos: ReadonlyMap<string, Json>
  /** The salted digests of what the pre hooks were asked about. */
  seen: ReadonlyMap<string, Readonly<Record<string, string>>>
}

/** How a run is recorded, and what it is to go on with. */
export interface RunRecord {
  /** A salted digest: tells whether two values are the same, and nothing else of them. */
  seal(value: Json): string
  /** @throws UserError when something that happened could not be recorded */
  assureWritten(): void
  /** Only for a run that is resumed. */
  past?: PastRun
}
