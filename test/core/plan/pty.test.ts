import { describe, expect, it } from 'vitest'
import { type ProgramUse, wantsPty } from '../../../cli/core/plan/pty.ts'

describe('a PTY', () => {
  // What ssh does for a shell: only stdin counts.
  const rows: readonly (readonly [ProgramUse, boolean, boolean, boolean])[] = [
    ['console', true, true, true],
    ['console', true, false, true],
    ['console', false, true, false],
    ['console', false, false, false],
    ['shortcut', true, true, true],
    ['shortcut', true, false, false],
    ['shortcut', false, true, false],
    ['command', true, true, false],
  ]
  it.each(rows)(
    'for a %s, stdin a terminal: %j, stdout: %j, is wanted: %j',
    (use, fromTerminal, toTerminal, is) => {
      expect(wantsPty({ policy: 'auto', use, fromTerminal, toTerminal })).toBe(is)
      expect(wantsPty({ policy: 'force', use, fromTerminal, toTerminal })).toBe(true)
      expect(wantsPty({ policy: 'forbid', use, fromTerminal, toTerminal })).toBe(false)
    },
  )
})
