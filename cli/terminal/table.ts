import type { Colours } from './colour.ts'
import { printableLine } from './printable.ts'

/** Makes each column as wide as its longest cell, with two spaces between columns and none at the end of a line. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  colours: Colours,
): string {
  const cells = [header, ...rows].map((row) => row.map(printableLine))
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return lines.map((line, index) => `${index === 0 ? colours.bold(line) : line}\n`).join('')
}
