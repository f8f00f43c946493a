import {safeLine} from '@auroractl/cli'
import type {GraphProcess} from '@auroractl/cli/schema'
import type {JobGraph} from '../../operations/graph.ts'
import {marksOf, titleOf} from './labels.ts'

/** What lines are drawn with. */
export interface Pen {
  readonly node: string
  readonly lane: string
  readonly across: string
  /** Where lines meet, by the sides that they come from: `u`p, `d`own, `l`eft, `r`ight. */
  joint(sides: string): string
}

const JOINTS: Readonly<Record<string, string>> = {udlr: '┼', udl: '┤', udr: '├', ulr: '┴', dlr: '┬', ul: '╯', ur: '╰', dl: '╮', dr: '╭'}
export const UNICODE: Pen = {node: '●', lane: '│', across: '─', joint: (sides) => JOINTS[sides] ?? '│'}
export const ASCII: Pen = {node: '*', lane: '|', across: '-', joint: (sides) => (sides === 'ud' ? '|' : '+')}

/**
 * The processes one below the other, each joined by lines with those above that it waits for. A line that crosses another one is interrupted.
 */
export function graphText(graph: JobGraph, {pen, width}: {pen: Pen; width: number}): string {
  const regular = graph.processes.filter(({final}) => !final)
  const final = graph.processes.filter((process) => process.final)
  return [
    safeLine(titleOf(graph)),
    '',
    ...lanes(regular, pen, width),
    ...(final.length > 0 ? ['', 'finally', '', ...lanes(final, pen, width)] : []),
    '',
  ].join('\n')
}

/** Each lane leads down to a process that is still to come: everything that joins it must end before. */
function lanes(processes: readonly GraphProcess[], pen: Pen, width: number): string[] {
  const successors = new Map(
    processes.map(({name}) => [name, processes.filter(({after}) => after.includes(name)).map((each) => each.name)]),
  )
  const targets: (string | undefined)[] = []
  const lines: string[] = []
  for (const process of processes) {
    const own = laneOf(targets, process.name) ?? freeLane(targets)
    targets[own] = process.name
    lines.push(nodeLine(targets, own, process, pen, width))
    const above = [...targets]
    targets[own] = undefined
    const ends = (successors.get(process.name) ?? []).map((name) => openLane(targets, name, own))
    while (targets.length > 0 && targets.at(-1) === undefined) targets.pop()
    if (ends.length > 0) lines.push(jointLine({above, below: targets, own, ends, pen}))
  }
  return lines
}

function laneOf(targets: readonly (string | undefined)[], name: string): number | undefined {
  const lane = targets.indexOf(name)
  return lane === -1 ? undefined : lane
}

function freeLane(targets: readonly (string | undefined)[]): number {
  const lane = targets.indexOf(undefined)
  return lane === -1 ? targets.length : lane
}

/** The lane that leads to a process; a new one goes straight down if that is free. */
function openLane(targets: (string | undefined)[], name: string, own: number): number {
  const lane = laneOf(targets, name) ?? (targets[own] === undefined ? own : freeLane(targets))
  targets[lane] = name
  return lane
}

function nodeLine(targets: readonly (string | undefined)[], own: number, process: GraphProcess, pen: Pen, width: number): string {
  const drawn = targets.map((target, lane) => (lane === own ? pen.node : target === undefined ? ' ' : pen.lane)).join(' ')
  const marks = marksOf(process)
  const label = safeLine(
    marks.length === 0 ? process.name : `${process.name}  (${marks.join(', ')})`,
    Math.max(8, width - drawn.length - 2),
  )
  return `${drawn}  ${label}`
}

interface Joint {
  readonly above: readonly (string | undefined)[]
  readonly below: readonly (string | undefined)[]
  readonly own: number
  readonly ends: readonly number[]
  readonly pen: Pen
}

function jointLine({above, below, own, ends, pen}: Joint): string {
  const [first, last] = [Math.min(own, ...ends), Math.max(own, ...ends)]
  const cells = Array.from({length: Math.max(above.length, below.length)}, (_, lane) => {
    const [up, down] = [above[lane] !== undefined, below[lane] !== undefined]
    const within = lane >= first && lane <= last
    const next = within && lane < last ? pen.across : ' '
    if (!within || (lane !== own && !ends.includes(lane))) return (up && down ? pen.lane : next) + next
    return pen.joint(`${up ? 'u' : ''}${down ? 'd' : ''}${lane > first ? 'l' : ''}${lane < last ? 'r' : ''}`) + next
  })
  return cells.join('').trimEnd()
}
