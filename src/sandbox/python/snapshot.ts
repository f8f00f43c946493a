import {readvSync} from 'node:fs'
import type {ZonePointers} from './guest.ts'
import {putZone} from './imports/clock.ts'
import type {Machine} from './machine.ts'

const PAGE = 4096
const WORDS = PAGE / 8

/** What a machine is besides the contents of its memory. */
export interface SnapshotHeader {
  memoryBytes: number
  stackPointer: number
  stackBase: number
  stackEnd: number
  zone: ZonePointers | null
  /** Where the stored bytes belong, in order; all between them is zero. */
  runs: [start: number, length: number][]
}

/** The machine's state: what is not zero in its memory, and a few registers. */
export function takeSnapshot(machine: Machine): {header: SnapshotHeader; contents: Uint8Array} {
  const {bytes} = machine.guest.memory
  const runs = usedRuns(bytes)
  return {
    header: {
      memoryBytes: bytes.length,
      stackPointer: machine.stackPointer.value,
      stackBase: machine.call('emscripten_stack_get_base'),
      stackEnd: machine.call('emscripten_stack_get_end'),
      zone: machine.guest.zone ?? null,
      runs,
    },
    contents: Buffer.concat(runs.map(([start, length]) => bytes.subarray(start, start + length))),
  }
}

/** Reads a snapshot from an open file straight into the memory of a fresh machine (all zero: its module has no data). */
export function restoreSnapshot(machine: Machine, header: SnapshotHeader, file: number): Uint8Array[] {
  const {memory} = machine.guest
  if (!memory.grow(header.memoryBytes)) throw new Error('the Python image needs more memory than the limit')
  const targets = header.runs.map(([start, length]) => memory.bytes.subarray(start, start + length))
  const expected = targets.reduce((sum, target) => sum + target.length, 0)
  if (readvSync(file, targets, 0) !== expected) throw new Error('the Python image is truncated')
  machine.stackPointer.value = header.stackPointer
  machine.call('emscripten_stack_set_limits', header.stackBase, header.stackEnd)
  if (header.zone) {
    machine.guest.zone = header.zone
    putZone(memory, header.zone)
  }
  return targets
}

function usedRuns(bytes: Uint8Array): [start: number, length: number][] {
  const words = new BigUint64Array(bytes.buffer)
  const isZero = (page: number): boolean => words.subarray(page * WORDS, (page + 1) * WORDS).every((word) => word === 0n)
  const runs: [start: number, length: number][] = []
  let last: [start: number, length: number] | undefined
  for (let page = 0; page * PAGE < bytes.length; page++) {
    if (isZero(page)) {
      last = undefined
    } else if (last) {
      last[1] += PAGE
    } else {
      last = [page * PAGE, PAGE]
      runs.push(last)
    }
  }
  return runs
}
