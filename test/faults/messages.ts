import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Row } from './row.ts'

const FILE = fileURLToPath(new URL('messages.json', import.meta.url))
const MESSAGES: Readonly<Record<string, string>> = JSON.parse(readFileSync(FILE, 'utf8'))

/** The first line of the error that the user reads, with masked IDs; `npm run faults` takes it from a run. */
export function messageOf(row: Row): string | undefined {
  return MESSAGES[nameOf(row)]
}

export function nameOf({ step, fault }: Row): string {
  return `${step}: ${fault}`
}

/** @param seen the messages of the rows that were played; the others stay as they are */
export function writeMessages(matrix: readonly Row[], seen: ReadonlyMap<Row, string | undefined>): void {
  const lines = matrix.flatMap((row) => {
    const message = seen.has(row) ? seen.get(row) : messageOf(row)
    return message === undefined ? [] : [[nameOf(row), message]]
  })
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(lines), null, 2)}\n`)
}
