import { afterAll, describe, it } from 'vitest'
import { engineForTests } from '../helpers/container.ts'
import { playRow } from './helpers/play-row.ts'
import { MATRIX } from './matrix.ts'
import type { Row } from './row.ts'

const engine = await engineForTests()
const seconds = new Map<Row, number>()

function isPossible({ needs }: Row): boolean {
  if (needs === 'engine') return engine !== undefined
  return needs === undefined || process.platform === 'linux'
}

// The long ones first: they only wait, while the others keep the machine busy.
const order = [...MATRIX].sort((one, other) => (other.seconds ?? 0) - (one.seconds ?? 0))

describe.concurrent('a fault', () => {
  for (const row of order) {
    it.runIf(isPossible(row))(`${row.step}: ${row.fault}`, { timeout: 150_000 }, async () => {
      const start = performance.now()
      await playRow(row)
      seconds.set(row, (performance.now() - start) / 1000)
    })
  }
})

afterAll(() => {
  const lines = MATRIX.flatMap((row) => {
    const time = seconds.get(row)
    if (time === undefined) return []
    const { step, fault, expect } = row
    return [
      `${step.padEnd(14)} ${fault.padEnd(58)} ${String(expect.status).padEnd(7)} ${(expect.code ?? '').padEnd(21)} ${time.toFixed(1).padStart(5)} s`,
    ]
  })
  console.log(lines.join('\n'))
})
