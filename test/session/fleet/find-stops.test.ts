import { describe, expect, it } from 'vitest'
import type { JournalEntry } from '../../../cli/core/journal/journal-entry.ts'
import type { OwnerState } from '../../../cli/core/journal/owner-state.ts'
import { findStops } from '../../../cli/session/fleet/find-stops.ts'
import { fakePorts } from '../../helpers/fake-ports.ts'
import { DETACHED } from '../../helpers/noted.ts'

const NEVER = new AbortController().signal
const { detached: _, ...ATTENDED } = DETACHED

async function find(kind: 'mine' | 'dead', entry: JournalEntry, owner: OwnerState) {
  const { ports, log } = fakePorts()
  const journal = { ...ports.journal, read: async () => [{ entry, owner }] }
  const openPlace = () => Promise.reject(new Error('No other place is looked at.'))
  const context = { cluster: 'default', localUser: 'me', ports: { ...ports, journal }, openPlace }
  const found = await findStops({ kind }, context, NEVER)
  expect(log).not.toContain('journal: removed')
  return found
}

describe('what a stop finds', () => {
  it('names the sessions of the journal that ECS does not run any more, and removes none', async () => {
    const { stops, gone } = await find('mine', ATTENDED, 'dead')
    expect(stops).toEqual([])
    expect(gone).toMatchObject([{ entry: { session: ATTENDED.session } }])
  })

  it('has no detached session among those of killed processes', async () => {
    expect((await find('dead', DETACHED, 'dead')).stops).toEqual([])
  })

  it('has a detached session whose stop was never confirmed', async () => {
    const entry: JournalEntry = { ...DETACHED, unconfirmed: 'stop' }
    expect((await find('dead', entry, 'dead')).stops).toEqual([{ kind: 'noted', entry, silent: true }])
  })
})
