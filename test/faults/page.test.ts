import { describe, expect, it } from 'vitest'
import { ERROR_CODES } from '../../cli/core/error.ts'
import { MATRIX } from './matrix.ts'
import { messageOf, nameOf } from './messages.ts'
import { matrixPage } from './page.ts'

/** What can only go wrong outside of a session, or is no fault: tested elsewhere. */
const ELSEWHERE = new Set([
  'usage',
  'config-not-found',
  'config-untrusted',
  'target-unknown',
  'shortcut-unknown',
  'container-ambiguous',
  'session-server-unmarked',
  'overrides-too-long',
  'task-definition-unusable',
  'register-busy',
  'task-definition-inactive',
  'session-unknown',
  'journal-unwritable',
  'journal-unreadable',
  'disconnected-by-user',
  'register-refused',
  'time-out',
  'local-unavailable',
  'forward-refused',
  'internal',
])

describe('the fault matrix', () => {
  it('is what docs/faults.md shows (npm run faults writes it)', async () => {
    await expect(matrixPage(MATRIX)).toMatchFileSnapshot('../../docs/faults.md')
  })

  it('has no row twice', () => {
    const names = MATRIX.map(nameOf)
    expect(names).toEqual([...new Set(names)])
  })

  it('tells something wherever there is a code, and nothing elsewhere', () => {
    for (const row of MATRIX)
      expect(messageOf(row) !== undefined, nameOf(row)).toBe(row.expect.code !== undefined)
  })

  it('has a row for every error code of a session', () => {
    const codes = new Set(MATRIX.flatMap(({ expect: { code, also } }) => [code, also]))
    const missing = Object.keys(ERROR_CODES).filter(
      (code) => !ELSEWHERE.has(code) && !codes.has(code as never),
    )
    expect(missing).toEqual([])
  })
})
