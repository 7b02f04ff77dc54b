import { afterAll, describe, expect, it } from 'vitest'
import { engineForTests } from '../helpers/container.ts'
import { playRow } from './helpers/play-row.ts'
import { MATRIX } from './matrix.ts'
import { messageOf, nameOf, writeMessages } from './messages.ts'
import type { Row } from './row.ts'

/** Set by `npm run faults`: the messages that are shown become the expected ones. */
const isWritten = process.env.FARGATE_LOGIN_FAULTS === 'write'

const engine = await engineForTests()
const messages = new Map<Row, string | undefined>()
const seconds = new Map<Row, number>()

function isPossible({ needs }: Row): boolean {
  if (needs === 'engine') return engine !== undefined
  return needs === undefined || process.platform === 'linux'
}

// The long ones first: they only wait, while the others keep the machine busy.
const order = [...MATRIX].sort((one, other) => (other.seconds ?? 0) - (one.seconds ?? 0))

describe.concurrent('a fault', () => {
  for (const row of order) {
    it.runIf(isPossible(row))(nameOf(row), { timeout: 150_000 }, async () => {
      const start = performance.now()
      messages.set(row, await playRow(row))
      seconds.set(row, (performance.now() - start) / 1000)
      if (!isWritten) expect(messages.get(row)).toBe(messageOf(row))
    })
  }
})

afterAll(() => {
  if (isWritten) writeMessages(MATRIX, messages)
  const lines = MATRIX.flatMap((row) => {
    const time = seconds.get(row)
    return time === undefined ? [] : [line(row, time)]
  })
  console.log(`${lines.join('\n')}\n${seconds.size} of ${MATRIX.length} rows`)
})

function line({ step, fault, expect: { status, code } }: Row, time: number): string {
  const cells = [step.padEnd(14), fault.padEnd(58), String(status).padEnd(7), (code ?? '').padEnd(21)]
  return `${cells.join(' ')} ${time.toFixed(1).padStart(5)} s`
}
