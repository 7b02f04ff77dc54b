import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exitStatus } from '../../../cli/core/exit-status.ts'
import { centsFor, centsPerHour, formatCents } from '../../../cli/core/task/price.ts'
import { formatDuration } from '../../../cli/core/text/duration.ts'
import { backoffDelay } from '../../../cli/core/wait/backoff.ts'

describe('figures', () => {
  it('price the smallest task as the list does', () => {
    const size = { cpuUnits: 256, memoryMib: 512, architecture: 'X86_64' } as const
    expect(centsPerHour(size, false)).toBeCloseTo(1.23425)
    expect(centsPerHour(size, true)).toBeCloseTo(1.73425)
    expect(formatCents(1.23425)).toBe('$0.012')
    expect(formatCents(centsFor(1.23425, 3))).toBe('$0.00021')
    expect(formatCents(1234)).toBe('$12.34')
  })

  it.each([
    [0.44, '0.4 s'],
    [9.96, '10 s'],
    [59.6, '1 min 0 s'],
    [185, '3 min 5 s'],
    [7800, '2 h 10 min'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })

  it('map exits to statuses', () => {
    expect([0, 1, 4, 5, 44, 255].map((code) => exitStatus({ code }))).toEqual([0, 1, 4, 5, 44, 255])
    expect(['HUP', 'INT', 'KILL', 'TERM', 'SIGPIPE'].map((signal) => exitStatus({ signal }))).toEqual([
      129, 130, 137, 143, 141,
    ])
    expect(exitStatus({ signal: 'LOST' })).toBe(255)
  })

  it('keep each wait within its bounds', () => {
    const backoff = { first: 250, most: 2000, factor: 1.25 }
    fc.assert(
      fc.property(fc.nat(1000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const delay = backoffDelay(backoff, attempt, random)
        expect(delay).toBeGreaterThanOrEqual(200)
        expect(delay).toBeLessThanOrEqual(2400)
      }),
    )
  })
})
