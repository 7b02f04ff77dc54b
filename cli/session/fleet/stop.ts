import type { FargateLoginError } from '../../core/error.ts'
import type { JournalEntry } from '../../core/journal/journal-entry.ts'
import type { SessionTask } from '../../core/task/listed-task.ts'
import type { AwsAccess } from '../../core/text/paste.ts'
import type { Ports } from '../ports/ports.ts'
import { stopListed } from './stop-listed.ts'
import { stopNoted } from './stop-noted.ts'

/** One stop that is still to be made: everything is found before anything is stopped. */
export type Stop =
  /** What ECS lists; `access` says how its place is reached where that is not the user's own. */
  | {
      readonly kind: 'listed'
      readonly task: SessionTask
      readonly cluster: string
      readonly access?: AwsAccess
    }
  /** What the journal knows. `silent`: a session that has no task any more is not worth a line. */
  | { readonly kind: 'noted'; readonly entry: JournalEntry; readonly silent: boolean }
  /** An ID that nothing has: it fails when its turn comes, so that the others are made all the same. */
  | { readonly kind: 'refused'; readonly error: FargateLoginError }

/** Whether it is somebody else's. */
export function isForeign(stop: Stop): boolean {
  return stop.kind === 'listed' && !stop.task.mine
}

/** Where the user looks, and the way to other places. */
export interface StopContext {
  readonly cluster: string
  readonly localUser: string
  readonly ports: Ports
  /** Other members of `access` than those given are the user's. */
  openPlace(cluster: string, access: AwsAccess): Promise<OpenPlace>
}

/** The ports of a place, as long as they are needed. */
export type OpenPlace = AsyncDisposable & { readonly ports: Ports }

/** @throws FargateLoginError `stop-unconfirmed`, `session-unknown`, or what AWS says */
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
      if (!stopped && !silent) place.ports.reporter.done('stop', `${entry.session} has no task any more`)
    }
  }
}
