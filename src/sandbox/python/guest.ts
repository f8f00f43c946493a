import type {Descriptors} from './descriptors.ts'
import type {Files} from './file-system.ts'
import type {GuestMemory} from './guest-memory.ts'

/** What the imports of one running interpreter work on. */
export interface Guest {
  readonly memory: GuestMemory
  readonly files: Files
  readonly descriptors: Descriptors
  readonly environment: Readonly<Record<string, string>>
  /** The current directory. */
  directory: string
  /** What was looked at that is not the same in every run. */
  readonly used: Set<Used>
  /** One request of the guest through /dev/host, answered before it returns. */
  readonly host: (request: Uint8Array) => Uint8Array
  /** Whether somebody wants the program to stop. */
  readonly interrupted: () => boolean
  readonly maxRequestBytes: number
  readonly output: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void
  /** The C function that a function pointer stands for. */
  readonly functionAt: (index: number) => unknown
  /** Where the C library keeps its time zone; written again when a snapshot is restored in another zone. */
  zone: ZonePointers | undefined
}

/** The clock or the time zone; randomness; the current directory. */
export type Used = 'time' | 'random' | 'directory'

/** Addresses of the C library's `timezone`, `daylight` and the two `tzname`. */
export type ZonePointers = [timezone: number, daylight: number, standardName: number, daylightName: number]

/** Functions that the WebAssembly module imports, by name. Pointers and sizes arrive as signed 32-bit numbers. */
export type Imports = Record<string, (...args: never[]) => number | bigint | null | void>
