import {BadField, type Fields, integerField, stringField, structField} from './fields.ts'

/** Where a process's output goes (reference/thermos.md §4). */
export interface Logger {
  destination: 'file' | 'console' | 'both' | 'none'
  /** Bytes and number of old files, when the mode is `rotate`. */
  rotate?: {logSize: number; backups: number}
}

const DESTINATIONS = ['file', 'console', 'both', 'none'] as const

export function parseLogger(fields: Fields | undefined): Logger {
  if (fields === undefined) return {destination: 'file'}
  const wanted = stringField(fields, 'destination', 'file')
  const destination = DESTINATIONS.find((name) => name === wanted)
  if (destination === undefined) throw new BadField(`destination: ${wanted} is not one of ${DESTINATIONS.join(', ')}`)
  const mode = stringField(fields, 'mode', 'standard')
  if (mode === 'standard') return {destination}
  if (mode !== 'rotate') throw new BadField(`mode: ${mode} is not one of standard, rotate`)
  const rotate = structField(fields, 'rotate') ?? {}
  return {
    destination,
    rotate: {logSize: integerField(rotate, 'log_size', 100 * 1024 * 1024), backups: integerField(rotate, 'backups', 5)},
  }
}
