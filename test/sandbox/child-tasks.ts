import {readFileSync, writeFileSync, writeSync} from 'node:fs'
import {spawnSync} from 'node:child_process'
import type {Json} from '../../src/model/json.ts'

/** What the children of these tests can be told to do. */
export function perform(name: string, argument: string): Json {
  if (name === 'echo') return argument
  if (name === 'throw') throw new Error(argument)
  if (name === 'loop') for (;;);
  if (name === 'exit') process.exit(Number(argument))
  if (name === 'abort') process.abort()
  if (name === 'hoard') for (const hoard: string[][] = []; ;) hoard.push(Array.from({length: 1e6}, () => argument))
  if (name === 'repeat') return 'x'.repeat(Number(argument))
  if (name === 'wire') return writeSync(3, Buffer.from(argument, 'base64'))
  if (name === 'stderr') process.stderr.write(argument)
  if (name === 'environment') return {...process.env} as Record<string, string>
  if (name === 'read') return readFileSync(argument, 'utf8').length
  if (name === 'write') writeFileSync(argument, 'x')
  if (name === 'spawn') return String(spawnSync(argument).error)
  if (name === 'pid') return process.pid
  return null
}
