import {openSync, readSync} from 'node:fs'
import {RANDOM_DEVICE} from '../child-options.ts'

const CHUNK = 65_536
let device: number | undefined

/** Random bytes of the system, read from it directly: the first use of `crypto` costs 4 ms. */
export function fillRandom(target: Uint8Array): void {
  if (!readDevice(target)) {
    for (let at = 0; at < target.length; at += CHUNK) crypto.getRandomValues(target.subarray(at, at + CHUNK) as Uint8Array<ArrayBuffer>)
  }
}

function readDevice(target: Uint8Array): boolean {
  try {
    device ??= openSync(RANDOM_DEVICE, 'r')
    return readSync(device, target) === target.length
  } catch {
    return false
  }
}
