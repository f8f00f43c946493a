import type {Resource, TaskConfig} from '@auroractl/cli/thrift'
import type {Task} from './task.ts'

/** Amounts of what one host has to give, or a task wants. */
export interface Resources {
  cpus: number
  ramMb: number
  diskMb: number
  gpus: number
}

export const NOTHING: Resources = {cpus: 0, ramMb: 0, diskMb: 0, gpus: 0}

export function requested(config: TaskConfig): Resources {
  const sum = {...NOTHING}
  for (const {numCpus, ramMb, diskMb, numGpus} of config.resources ?? []) {
    sum.cpus += numCpus ?? 0
    sum.ramMb += Number(ramMb ?? 0n)
    sum.diskMb += Number(diskMb ?? 0n)
    sum.gpus += Number(numGpus ?? 0n)
  }
  return sum
}

export function requestedPorts(config: TaskConfig): string[] {
  return (config.resources ?? []).flatMap(({namedPort}) => (namedPort === undefined ? [] : [namedPort]))
}

export function plus(a: Resources, b: Resources): Resources {
  return {cpus: a.cpus + b.cpus, ramMb: a.ramMb + b.ramMb, diskMb: a.diskMb + b.diskMb, gpus: a.gpus + b.gpus}
}

export function total(tasks: Iterable<Task>): Resources {
  let sum = NOTHING
  for (const task of tasks) sum = plus(sum, requested(task.config))
  return sum
}

/** As the wire has an aggregate: cpus, ram and disk. */
export function toWire({cpus, ramMb, diskMb}: Resources): Resource[] {
  return [{numCpus: cpus}, {ramMb: BigInt(ramMb)}, {diskMb: BigInt(diskMb)}]
}
