import type { FargateLoginError } from '../../core/error.ts'
import type { JournalEntry } from '../../core/journal/journal-entry.ts'
import type { SessionTask } from '../../core/task/listed-task.ts'
import type { AwsAccess } from '../../core/text/paste.ts'
import type { Ports } from '../ports/ports.ts'
import { stopListed } from './stop-listed.ts'
import { stopNoted } from './stop-noted.ts'

/** One stop to run. Everything is found before anything is stopped. */
export type Stop =
  /** A task that ECS lists. `access` reaches its place, if that is not the user's own. */
  | {
      readonly kind: 'listed'
      readonly task: SessionTask
      readonly cluster: string
      readonly access?: AwsAccess
    }
  /** A session of the journal. `silent`: report nothing if its task has already ended. */
  | { readonly kind: 'noted'; readonly entry: JournalEntry; readonly silent: boolean }
  /** An unknown ID. It fails in its turn, so that the other stops still run. */
  | { readonly kind: 'refused'; readonly error: FargateLoginError }

/** Whether the task belongs to another user. */
export function isForeign(stop: Stop): boolean {
  return stop.kind === 'listed' && !stop.task.mine
}

/** The place that the user named, and a way to open others. */
export interface StopContext {
  readonly cluster: string
  readonly localUser: string
  readonly ports: Ports
  /** Members missing from `access` are taken from the user's own. */
  openPlace(cluster: string, access: AwsAccess): Promise<OpenPlace>
}

/** The ports of a place, until they are disposed of. */
export type OpenPlace = AsyncDisposable & { readonly ports: Ports }

/** @throws FargateLoginError `stop-unconfirmed`, `session-unknown`, or AWS's error */
export async function runStop(stop: Stop, context: StopContext, cancel: AbortSignal): Promise<void> {
  switch (stop.kind) {
    case 'refused':
      throw stop.error
    case 'listed': {
      const { task, cluster, access } = stop
      if (access === undefined) return await stopListed({ ...task, cluster }, context.ports, cancel)
      await using place = await context.openPlace(cluster, access)
      return await stopListed({ ...task, cluster }, place.ports, cancel)
    }
    case 'noted': {
      const { entry, silent } = stop
      await using place = await context.openPlace(entry.cluster, entry.access)
      const stopped = await stopNoted(entry, place.ports, cancel)
      if (!stopped && !silent) place.ports.reporter.done('stop', `Session ${entry.session} had already ended`)
    }
  }
}
