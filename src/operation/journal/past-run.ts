import type {Json} from '../../model/json.ts'
import type {PastEffect, PastRun} from '../run-record.ts'
import type {Attempt} from './read-run.ts'

/** What all attempts of a run have recorded, for one that goes on. */
export function pastRun(attempts: readonly Attempt[]): PastRun {
  const effects = new Map<string, PastEffect>()
  const memos = new Map<string, Json>()
  const seen = new Map<string, Readonly<Record<string, string>>>()
  const settle = (key: string, settled: Partial<PastEffect>) => {
    const effect = effects.get(key)
    if (effect) effects.set(key, {...effect, ...settled})
  }
  for (const event of attempts.flatMap(({events}) => events)) {
    switch (event.type) {
      case 'effect.intended':
        effects.set(event.effect, {name: event.name, findOut: event.findOut, state: 'in-doubt', answer: null})
        break
      case 'effect.done':
        settle(event.effect, {state: 'done', answer: event.answer})
        break
      case 'effect.failed':
        settle(event.effect, {state: 'failed'})
        break
      case 'effect.in-doubt':
        settle(event.effect, {state: 'in-doubt'})
        break
      case 'step.found':
        memos.set(event.key, event.memo)
        break
      case 'hooks.saw':
        seen.set(event.key, event.parts)
        break
      default:
    }
  }
  return {effects, memos, seen}
}
