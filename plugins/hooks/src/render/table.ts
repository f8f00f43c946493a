import {safeLine} from '@auroractl/cli'

/** Rows of cells as lines of columns. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const safe = rows.map((cells) => cells.map((cell) => safeLine(cell)))
  const widths = (safe[0] ?? []).map((_, column) => Math.max(...safe.map((cells) => cells[column]?.length ?? 0)))
  return safe.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
