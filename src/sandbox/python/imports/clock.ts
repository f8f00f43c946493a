import type {GuestMemory} from '../guest-memory.ts'
import type {Guest, Imports, ZonePointers} from '../guest.ts'

const REALTIME = 0
const DAY = 86_400_000

/** Clocks, and the conversions that need the time zone of the host. */
export function clockImports(guest: Guest): Imports {
  const putTime = (pointer: number, fields: TimeFields): void => {
    const {view} = guest.memory
    const {second, minute, hour, day, month, year, weekday} = fields
    const dayOfYear = Math.round((Date.UTC(year, month, day) - Date.UTC(year, 0, 1)) / DAY)
    for (const [index, value] of [second, minute, hour, day, month, year - 1900, weekday, dayOfYear].entries()) {
      view.setInt32((pointer >>> 0) + 4 * index, value, true)
    }
  }
  const field = (pointer: number, index: number): number => guest.memory.view.getInt32((pointer >>> 0) + 4 * index, true)
  /** The arguments of Date for a `struct tm`. */
  const getTime = (at: number) => [field(at, 5) + 1900, field(at, 4), field(at, 3), field(at, 2), field(at, 1), field(at, 0)] as const

  return {
    clock_res_get(_clock: number, result: number) {
      guest.memory.view.setBigInt64(result >>> 0, 1_000_000n, true)
      return 0
    },
    clock_time_get(clock: number, _precision: bigint, result: number) {
      guest.used.add('time')
      const milliseconds = clock === REALTIME ? Date.now() : performance.now()
      guest.memory.view.setBigInt64(result >>> 0, BigInt(Math.round(milliseconds * 1e6)), true)
      return 0
    },
    emscripten_date_now() {
      guest.used.add('time')
      return Date.now()
    },
    emscripten_get_now() {
      guest.used.add('time')
      return performance.now()
    },
    _tzset_js(...zone: ZonePointers) {
      guest.zone = zone
      putZone(guest.memory, zone)
    },
    _localtime_js(time: bigint, result: number) {
      guest.used.add('time')
      const date = new Date(Number(time) * 1000)
      putTime(result, localFields(date))
      const {standard, summer} = yearOffsets(date.getFullYear())
      const offset = date.getTimezoneOffset()
      guest.memory.view.setInt32((result >>> 0) + 32, Number(standard !== summer && offset === summer), true)
      guest.memory.view.setInt32((result >>> 0) + 36, -offset * 60, true)
    },
    _gmtime_js(time: bigint, result: number) {
      putTime(result, utcFields(new Date(Number(time) * 1000)))
    },
    _mktime_js(pointer: number) {
      guest.used.add('time')
      const date = new Date(...getTime(pointer))
      putTime(pointer, localFields(date))
      return BigInt(Math.floor(date.getTime() / 1000) || 0)
    },
    _timegm_js(pointer: number) {
      const date = new Date(Date.UTC(...getTime(pointer)))
      putTime(pointer, utcFields(date))
      return BigInt(Math.floor(date.getTime() / 1000) || 0)
    },
  }
}

/** Tells the C library the time zone of the host, which it asks for only once. */
export function putZone(memory: GuestMemory, [timezone, daylight, standardName, daylightName]: ZonePointers): void {
  const {standard, summer} = yearOffsets(new Date().getFullYear())
  memory.view.setInt32(timezone >>> 0, standard * 60, true)
  memory.view.setInt32(daylight >>> 0, Number(standard !== summer), true)
  memory.putText(standardName >>> 0, zoneName(standard), 17)
  memory.putText(daylightName >>> 0, zoneName(summer), 17)
}

interface TimeFields {
  second: number
  minute: number
  hour: number
  day: number
  month: number
  year: number
  weekday: number
}

function localFields(date: Date): TimeFields {
  return {
    second: date.getSeconds(),
    minute: date.getMinutes(),
    hour: date.getHours(),
    day: date.getDate(),
    month: date.getMonth(),
    year: date.getFullYear(),
    weekday: date.getDay(),
  }
}

function utcFields(date: Date): TimeFields {
  return {
    second: date.getUTCSeconds(),
    minute: date.getUTCMinutes(),
    hour: date.getUTCHours(),
    day: date.getUTCDate(),
    month: date.getUTCMonth(),
    year: date.getUTCFullYear(),
    weekday: date.getUTCDay(),
  }
}

/** Minutes behind UTC in winter and in summer. */
function yearOffsets(year: number): {standard: number; summer: number} {
  const january = new Date(year, 0, 1).getTimezoneOffset()
  const july = new Date(year, 6, 1).getTimezoneOffset()
  return {standard: Math.max(january, july), summer: Math.min(january, july)}
}

function zoneName(minutesBehind: number): string {
  const minutes = Math.abs(minutesBehind)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `UTC${minutesBehind > 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`
}
