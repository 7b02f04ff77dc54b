import type { JournalEntry, OwnerProcess } from './journal-entry.ts'

/** Whether the process that owns a session still runs; `unknown` where that cannot be seen from here. */
export type OwnerState = 'alive' | 'dead' | 'unknown'

/** An entry of the journal, and what has become of its owner. */
export interface NotedSession {
  readonly entry: JournalEntry
  readonly owner: OwnerState
}

/** The machine, and the part of its processes, that we see. */
export type Here = Pick<OwnerProcess, 'host' | 'bootId' | 'pidNamespace'>

/**
 * A home directory may be shared between hosts, and between a host and its containers.
 * @param startTime of the process that has the owner's pid now; `undefined` where there is none
 */
export function ownerState(owner: OwnerProcess, here: Here, startTime: string | undefined): OwnerState {
  const sameBoot = owner.bootId !== undefined && owner.bootId === here.bootId
  if (!sameBoot && owner.host !== here.host) return 'unknown'
  if (!sameBoot && owner.bootId !== here.bootId) return 'dead'
  if (owner.pidNamespace !== here.pidNamespace) return 'unknown'
  return startTime === owner.startTime ? 'alive' : 'dead'
}
