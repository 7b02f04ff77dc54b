import { randomBytes } from 'node:crypto'
import { link, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { OwnerProcess } from '../core/journal/journal-entry.ts'
import { ownerState } from '../core/journal/owner-state.ts'
import { identify, startTimeOf, surroundings } from './process-identity.ts'
import { writeWhole } from './write-whole.ts'

const PAUSE_MS = 100
/** A process on another machine, or in another container, cannot be asked. Nobody starts a task for longer than this. */
const ELSEWHERE_MS = 15 * 60_000

/**
 * Waits for a lock file that names its process. If that process is gone, whatever ended it, the next one takes over.
 * @param onWait runs once if another process holds the lock
 * @throws the signal's reason
 */
export async function lock(file: string, signal: AbortSignal, onWait: () => void): Promise<AsyncDisposable> {
  const own = `${file}.${randomBytes(8).toString('hex')}`
  await writeWhole(dirname(file), own, JSON.stringify(await identify()))
  try {
    for (let waited = false; !(await take(own, file)); waited = true) {
      signal.throwIfAborted()
      if (await isStale(file)) await removeStale(file, own)
      else {
        if (!waited) onWait()
        await sleep(PAUSE_MS)
      }
    }
  } finally {
    await rm(own, { force: true })
  }
  return { [Symbol.asyncDispose]: () => rm(file, { force: true }) }
}

/** A link fails if the file exists, and shows its content at once. */
async function take(own: string, file: string): Promise<boolean> {
  try {
    await link(own, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function isStale(file: string): Promise<boolean> {
  try {
    const owner: OwnerProcess = JSON.parse(await readFile(file, 'utf8'))
    const state = ownerState(owner, await surroundings(), await startTimeOf(owner.pid))
    if (state !== 'unknown') return state === 'dead'
    return Date.now() - (await stat(file)).mtimeMs > ELSEWHERE_MS
  } catch (error) {
    // It has just been released, or it is damaged.
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'
  }
}

/** Moves the file away first: if another process was faster, and this is its lock, it gets it back. */
async function removeStale(file: string, own: string): Promise<void> {
  const aside = `${own}.stale`
  try {
    await rename(file, aside)
    if (!(await isStale(aside))) await take(aside, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  } finally {
    await rm(aside, { force: true })
  }
}
