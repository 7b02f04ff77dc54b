import type { JournalEntry, OwnerProcess } from './journal-entry.ts'

/** Whether the process that owns a session still runs; `unknown` if this machine cannot tell. */
export type OwnerState = 'alive' | 'dead' | 'unknown'

/** A journal entry, and the state of its owner. */
export interface NotedSession {
  readonly entry: JournalEntry
  readonly owner: OwnerState
}

/** This machine, and the process namespace that we see. */
export type Here = Pick<OwnerProcess, 'host' | 'bootId' | 'pidNamespace'>

/**
 * Decides whether an owner still runs. Hosts and containers can share a home directory, so it may be on another
 * machine.
 * @param startTime of the process that has the owner's pid now; `undefined` if there is none
 */
export function ownerState(owner: OwnerProcess, here: Here, startTime: string | undefined): OwnerState {
  const sameBoot = owner.bootId !== undefined && owner.bootId === here.bootId
  if (!sameBoot && owner.host !== here.host) return 'unknown'
  if (!sameBoot && owner.bootId !== here.bootId) return 'dead'
  if (owner.pidNamespace !== here.pidNamespace) return 'unknown'
  return startTime === owner.startTime ? 'alive' : 'dead'
}
