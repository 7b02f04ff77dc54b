import type { KeptEntry } from '../../core/journal/journal-entry.ts'
import { isEnding } from '../../core/task/task.ts'
import { carry, DIAL_TIMEOUT_MS } from '../activities/proxy.ts'
import { afterFailure } from '../ending.ts'
import type { Prepared } from '../plan/prepare.ts'
import type { Ports } from '../ports/ports.ts'
import type { Terminal } from '../ports/terminal.ts'
import { Task } from '../task/task.ts'
import { askAndOpen } from './ask-and-open.ts'
import { keptEntries, startOf } from './kept-entries.ts'

/**
 * Carries the bytes of stock ssh to a task that is kept, without a connection of our own: ssh checks the host key that
 * was pinned when the task started. That saves the handshake.
 * @returns whether there was such a task that still runs and answers
 * @throws FargateLoginError `connection-lost`, `task-stopped`, or the user's cancel
 */
export async function passToKept(
  target: string,
  prepared: Prepared,
  terminal: Terminal,
  ports: Ports,
  cancel: AbortSignal,
): Promise<boolean> {
  for (const entry of await keptEntries(prepared, ports.journal)) {
    const login = await readLogin(entry, ports)
    const reached = login && (await reach(entry, ports, cancel))
    if (!reached) continue
    const { session, cluster, kept } = entry
    const { keepSeconds, centsPerHour } = kept
    const unlessEnded = { keepWarmSeconds: keepSeconds }
    const launched = { session, cluster, startedAt: startOf(entry, ports.clock), centsPerHour, unlessEnded }
    await using task = new Task(launched, reached.snapshot, ports, cancel)
    task.watch.phase = 'session'
    await ports.stockSsh.write(target, login)
    ports.reporter.done('session', session)
    const { bytes } = reached
    await carry(bytes, terminal, ports.signals, task.signal).catch((error) => afterFailure(error, task))
    const until = ports.clock.wallNow().getTime() + keepSeconds * 1000
    await ports.journal.keepUntil(session, new Date(until))
    return true
  }
  return false
}

async function readLogin({ session, kept }: KeptEntry, { journal, reporter }: Ports) {
  if (kept.hostKey === undefined) return undefined
  try {
    return { privateKey: await journal.readKey(session), hostKey: kept.hostKey }
  } catch (error) {
    reporter.debug((error as Error).message)
    return undefined
  }
}

async function reach(entry: KeptEntry, ports: Ports, cancel: AbortSignal) {
  const { session, kept } = entry
  ports.reporter.step('task', `Joining the kept task of session ${session}`)
  const dial = (signal: AbortSignal) => ports.transport.dial(kept.reach.route, DIAL_TIMEOUT_MS, signal)
  const { snapshot, opened: bytes } = await askAndOpen(entry, dial, ports, cancel)
  if (!cancel.aborted && bytes && snapshot && !isEnding(snapshot)) return { snapshot, bytes }
  bytes?.on('error', () => {}).destroy()
  cancel.throwIfAborted()
  if (snapshot && isEnding(snapshot)) await ports.journal.remove(session)
  return undefined
}
