import { cellsOf, cutToCells } from './cells.ts'
import type { Colours } from './colour.ts'
import { printableLine } from './printable.ts'

export interface TableInput {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly colours: Colours
  /** The width of the terminal; absent: nothing is cut. */
  readonly columns?: number | undefined
  /** Titles of the columns that are cut if the table is wider, the first one first. */
  readonly shrinks: readonly string[]
  readonly ellipsis: string
}

/** The fewest cells of a column that is cut. */
const LEAST = 6
const GAP = '  '

/** Makes each column as wide as its longest cell, with two spaces between columns and none at the end of a line. */
export function table({ header, rows, colours, columns, shrinks, ellipsis }: TableInput): string {
  const cells = [header, ...rows].map((row) => row.map(printableLine))
  const natural = header.map((_, column) => Math.max(...cells.map((row) => cellsOf(row[column] ?? ''))))
  const total = natural.reduce((sum, width) => sum + width, GAP.length * (header.length - 1))
  let excess = columns === undefined ? 0 : Math.max(0, total - columns)
  const widths = [...natural]
  for (const title of shrinks) {
    const column = header.indexOf(title)
    const width = widths[column]
    if (width === undefined) continue
    const narrow = Math.min(width, Math.max(LEAST, width - excess))
    widths[column] = narrow
    excess -= width - narrow
  }
  const lines = cells.map((row) =>
    row
      .map((cell, column) => fitCell(cell, widths[column] ?? 0, ellipsis))
      .join(GAP)
      .trimEnd(),
  )
  return lines.map((line, index) => `${index === 0 ? colours.bold(line) : line}\n`).join('')
}

function fitCell(cell: string, width: number, ellipsis: string): string {
  const shown = cellsOf(cell) > width ? cutToCells(cell, width, ellipsis) : cell
  return shown + ' '.repeat(Math.max(0, width - cellsOf(shown)))
}
