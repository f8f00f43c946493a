import {readFileSync} from 'node:fs'
import type {RunEvent} from '../model/events.ts'
import {journalFile, listRuns} from '../operation/journal/folder.ts'

/** How a measure is spread over the times that a hook was asked. */
export interface Spread {
  median: number
  /** 95 of 100 times it was at most this. */
  p95: number
  max: number
}

/** What a hook took in past runs. */
interface HookProfile {
  hook: string
  /** `plugin team-guard` */
  source: string
  /** How often it was asked, and how often it denied or failed then. */
  asked: number
  denied: number
  failed: number
  /** With the time that others took to answer it. */
  ms: Spread
  cpuMs?: Spread
  /** Of the isolate that it shares with the other hooks of its plugin, after it. */
  heapKb?: Spread
}

export interface Profile {
  /** How many runs asked hooks. */
  runs: number
  /** The slowest first. */
  hooks: readonly HookProfile[]
}

type HookEvent = Extract<RunEvent, {type: 'hook.finished' | 'hook.failed'}>

/** Adds up what the journals of past runs say of hooks. */
export function profileHooks(folder: string): Profile {
  const byHook = new Map<string, HookEvent[]>()
  let runs = 0
  for (const [id, attempts] of listRuns(folder)) {
    const events = Array.from({length: attempts}, (_, index) => hookEvents(journalFile(folder, id, index + 1))).flat()
    if (events.length > 0) runs++
    for (const event of events) {
      const key = JSON.stringify([event.source, event.hook])
      byHook.set(key, [...(byHook.get(key) ?? []), event])
    }
  }
  const hooks = [...byHook.values()].flatMap(profileOf).toSorted((a, b) => b.ms.median - a.ms.median)
  return {runs, hooks}
}

function hookEvents(file: string): HookEvent[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    // Another run has removed it meanwhile.
    return []
  }
  return text.split('\n').flatMap((line) => {
    if (!line.includes('"hook.f')) return []
    try {
      const event = JSON.parse(line) as RunEvent
      return isHookEvent(event) ? [event] : []
    } catch {
      // The last line of a run that was killed.
      return []
    }
  })
}

function isHookEvent(event: RunEvent): event is HookEvent {
  return (event.type === 'hook.finished' || event.type === 'hook.failed') && typeof event.ms === 'number'
}

function profileOf(events: readonly HookEvent[]): HookProfile[] {
  const [first] = events
  if (!first) return []
  const ms = spread(events.map((event) => event.ms))
  const cpuMs = spread(events.flatMap((event) => event.cpuMs ?? []))
  const heapKb = spread(events.flatMap((event) => event.heapKb ?? []))
  if (!ms) return []
  return [
    {
      hook: first.hook,
      source: first.source,
      asked: events.length,
      denied: events.filter((event) => event.type === 'hook.finished' && event.decision.decision === 'deny').length,
      failed: events.filter((event) => event.type === 'hook.failed').length,
      ms,
      ...(cpuMs ? {cpuMs} : {}),
      ...(heapKb ? {heapKb} : {}),
    },
  ]
}

function spread(values: readonly number[]): Spread | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(Math.ceil(share * sorted.length), sorted.length) - 1] ?? 0
  return sorted.length === 0 ? undefined : {median: at(0.5), p95: at(0.95), max: at(1)}
}
