import type {RunEvent} from '../model/events.ts'
import {logLine} from './log-line.ts'
import {safeJson, safeLine, safeText} from './safe-text.ts'

export const PROGRESS_MODES = ['auto', 'plain', 'json', 'off'] as const
export type ProgressMode = (typeof PROGRESS_MODES)[number]

/** Turns the events of runs into what a person or a program sees on stderr. */
export interface Renderer {
  emit(event: RunEvent): void
  /** Takes a transient line off the terminal, so that other text can follow. */
  clear(): void
}

export interface RendererTarget {
  write(text: string): unknown
  isTTY?: boolean
  columns?: number
}

export function createRenderer(mode: ProgressMode, target: RendererTarget, verbose: boolean): Renderer {
  if (mode === 'json') return jsonRenderer(target)
  const live = mode === 'auto' && target.isTTY === true
  return textRenderer(target, {live, progress: mode !== 'off', verbose})
}

/** One event a line, as JSON. */
function jsonRenderer(target: RendererTarget): Renderer {
  return {
    emit: (event) => void target.write(`${safeJson(JSON.stringify(event))}\n`),
    clear: () => {},
  }
}

function textRenderer(target: RendererTarget, options: {live: boolean; progress: boolean; verbose: boolean}): Renderer {
  let transient = false
  const clear = () => {
    if (transient) target.write('\r\u001B[K')
    transient = false
  }
  const line = (text: string) => {
    clear()
    target.write(text)
  }
  let last = ''
  const progress = (text: string) => {
    if (!options.progress || (text === last && !options.live)) return
    last = text
    if (!options.live) return line(logLine('info', safeText(text)))
    clear()
    target.write(safeLine(text, Math.max(20, (target.columns ?? 80) - 1)))
    transient = true
  }
  return {
    clear,
    emit(event) {
      switch (event.type) {
        case 'log':
          if (event.level !== 'debug' || options.verbose)
            line(logLine(event.level, safeText(event.source ? `${event.source}: ${event.text}` : event.text)))
          return
        case 'progress':
          return progress(event.text)
        case 'hook.failed':
          // A failure that denies is told with the denial.
          if (event.denies && !options.verbose) return
          return line(logLine('warn', safeText(`hook ${event.hook} (${event.source}) failed in ${event.phase}: ${event.reason}`)))
        case 'hook.finished':
          if (options.verbose)
            line(logLine('debug', `hook ${event.hook} (${event.phase}): ${event.decision.decision} in ${event.ms.toFixed(1)} ms`))
          return
        case 'hook.power':
          if (options.verbose) line(logLine('debug', safeLine(`hook ${event.hook} uses ${event.power}: ${event.text}`)))
          return
        case 'hooks.skipped':
          return line(
            logLine('warn', safeLine(`hooks skipped: ${event.hooks.join(', ')}${event.reason === undefined ? '' : ` (${event.reason})`}`)),
          )
        case 'step.finished':
          if (options.verbose) line(logLine('debug', `step ${event.step}: ${event.ms.toFixed(1)} ms`))
          return
        default:
      }
    },
  }
}
