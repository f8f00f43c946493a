/** Preloaded into the client: ends its process, as SIGKILL does, before or after the append to its journal that KILL_AT names: `after 3`, or `after effect.done` for the first of that kind. */
import fs from 'node:fs'
import {syncBuiltinESMExports} from 'node:module'

const [when = '', at = ''] = (process.env['KILL_AT'] ?? '').split(' ')
const write = fs.writeSync as (file: number, data: unknown, ...rest: unknown[]) => number
let appends = 0

function endWhen(moment: string, data: string): void {
  if (moment === when && (appends === Number(at) || data.includes(`"type":"${at}"`))) process.kill(process.pid, 'SIGKILL')
}

fs.writeSync = (file: number, data: unknown, ...rest: unknown[]) => {
  if (typeof data !== 'string' || !/^\{"(?:type":"journal"|at":)/.test(data)) return write(file, data, ...rest)
  appends++
  endWhen('before', data)
  const written = write(file, data, ...rest)
  endWhen('after', data)
  return written
}
syncBuiltinESMExports()
