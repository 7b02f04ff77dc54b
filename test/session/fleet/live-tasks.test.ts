import { describe, expect, it } from 'vitest'
import type { OwnerState } from '../../../cli/core/journal/owner-state.ts'
import { forget } from '../../../cli/session/fleet/left-behind.ts'
import { findLiveTasks } from '../../../cli/session/fleet/live-tasks.ts'
import { fakePorts } from '../../helpers/fake-ports.ts'
import { DETACHED } from '../../helpers/noted.ts'

const NEVER = new AbortController().signal
const { detached: _, ...ATTENDED } = DETACHED

async function forgets(entry: typeof ATTENDED, owner: OwnerState): Promise<boolean> {
  const { ports, log } = fakePorts()
  const journal = { ...ports.journal, read: async () => [{ entry, owner }] }
  const { gone } = await findLiveTasks({ cluster: 'default', localUser: 'me' }, { ...ports, journal }, NEVER)
  expect(log).not.toContain('journal: removed')
  await forget(gone, ports)
  return log.includes('journal: removed')
}

describe('a noted session whose task ECS does not run', () => {
  it.each(['dead', 'alive', 'unknown'] as const)(
    'that was left running is forgotten, its owner being %s',
    async (owner) => {
      expect(await forgets(DETACHED, owner)).toBe(true)
    },
  )

  it.each([
    ['dead', true],
    ['alive', false],
    ['unknown', false],
  ] as const)('is forgotten with an owner that is %s: %s', async (owner, forgotten) => {
    expect(await forgets(ATTENDED, owner)).toBe(forgotten)
  })

  it('is kept where it was left running in another place, or a moment ago', async () => {
    expect(await forgets({ ...DETACHED, cluster: 'other' }, 'dead')).toBe(false)
    expect(await forgets({ ...DETACHED, createdAt: new Date().toISOString() }, 'dead')).toBe(false)
  })
})
