import {safeJson} from '../terminal/safe-text.ts'
import {masker} from './masker.ts'

/** A result as the one JSON document that `--json` writes, without secrets. 64-bit integers of the wire become numbers. */
export function jsonText(value: unknown): string {
  return `${safeJson(JSON.stringify(value ?? null, written, 2))}\n`
}

function written(_name: string, item: unknown): unknown {
  if (typeof item === 'string') return masker.text(item)
  return typeof item === 'bigint' ? Number(item) : item
}
