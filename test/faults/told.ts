import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Row } from './row.ts'

const FILE = fileURLToPath(new URL('told.json', import.meta.url))
const TOLD: Readonly<Record<string, string>> = JSON.parse(readFileSync(FILE, 'utf8'))

/** The first line of what the user is told, with masked IDs; `npm run faults` takes it from a run. */
export function toldOf(row: Row): string | undefined {
  return TOLD[nameOf(row)]
}

export function nameOf({ step, fault }: Row): string {
  return `${step}: ${fault}`
}

/** @param seen what the rows have told that were played; the others stay as they are */
export function writeTold(matrix: readonly Row[], seen: ReadonlyMap<Row, string | undefined>): void {
  const lines = matrix.flatMap((row) => {
    const told = seen.has(row) ? seen.get(row) : toldOf(row)
    return told === undefined ? [] : [[nameOf(row), told]]
  })
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(lines), null, 2)}\n`)
}
