import type {GraphProcess} from '@auroractl/cli/schema'

/** A process, or a place where a line passes a row that it has nothing to do with. */
interface Spot {
  readonly process: GraphProcess | undefined
  readonly width: number
  above: Spot[]
  below: Spot[]
  /** Its centre. */
  x: number
  row: number
}

export interface Placed {
  readonly process: GraphProcess
  readonly width: number
  /** Its centre. */
  readonly x: number
  readonly row: number
}

export interface Line {
  readonly points: readonly {readonly x: number; readonly row: number}[]
}

export interface Layout {
  readonly places: readonly Placed[]
  /** From each process to those that wait for it. */
  readonly lines: readonly Line[]
  readonly width: number
  readonly rows: number
}

const GAP = 28
/** No wider than this, if processes that wait for nothing can as well be further down. */
const WIDEST = 1100
const SWEEPS = 4

/** Places processes in rows, each below those that it waits for, so that few lines cross. */
export function layout(processes: readonly GraphProcess[], widthOf: (process: GraphProcess) => number): Layout {
  const rows: Spot[][] = []
  const spots = new Map<string, Spot>()
  const lines: Spot[][] = []
  for (const process of processes) {
    const before = process.after.flatMap((name) => spots.get(name) ?? [])
    const spot: Spot = {process, width: widthOf(process), above: [], below: [], x: 0, row: Math.max(-1, ...before.map(({row}) => row)) + 1}
    while (rowWidth(rows[spot.row] ?? []) + spot.width > WIDEST && (rows[spot.row] ?? []).length > 0) spot.row++
    place(rows, spot)
    spots.set(process.name, spot)
    for (const each of before) lines.push(connect(rows, each, spot))
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) arrange(rows, sweep % 2 === 0)
  const width = Math.max(0, ...rows.map(rowWidth))
  for (const row of rows) spread(row, width)
  return {
    places: [...spots.values()].flatMap(({process, ...at}) => (process ? [{process, ...at}] : [])),
    lines: lines.map((points) => ({points})),
    width,
    rows: rows.length,
  }
}

function place(rows: Spot[][], spot: Spot): void {
  while (rows.length <= spot.row) rows.push([])
  rows[spot.row]?.push(spot)
}

/** A line down to a process, with a spot in each row that it passes. */
function connect(rows: Spot[][], from: Spot, to: Spot): Spot[] {
  const points = [from]
  for (let row = from.row + 1; row < to.row; row++) {
    const passing: Spot = {process: undefined, width: 0, above: [], below: [], x: 0, row}
    place(rows, passing)
    points.push(passing)
  }
  points.push(to)
  points.forEach((point, i) => {
    const next = points[i + 1]
    if (!next) return
    point.below.push(next)
    next.above.push(point)
  })
  return points
}

/** Orders each row by the middle of what its spots are joined with, downwards or upwards. */
function arrange(rows: readonly Spot[][], down: boolean): void {
  for (const row of down ? rows : rows.toReversed()) {
    const middles = new Map(row.map((spot, i) => [spot, middle(rows, down ? spot.above : spot.below) ?? i / row.length]))
    row.sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0))
  }
}

function middle(rows: readonly Spot[][], joined: readonly Spot[]): number | undefined {
  if (joined.length === 0) return undefined
  const places = joined.map((spot) => ((rows[spot.row] ?? []).indexOf(spot) + 0.5) / (rows[spot.row] ?? []).length)
  return places.reduce((sum, each) => sum + each, 0) / places.length
}

function rowWidth(row: readonly Spot[]): number {
  return row.reduce((sum, {width}) => sum + width, 0) + GAP * Math.max(0, row.length - 1)
}

function spread(row: readonly Spot[], width: number): void {
  let left = (width - rowWidth(row)) / 2
  for (const spot of row) {
    spot.x = left + spot.width / 2
    left += spot.width + GAP
  }
}
