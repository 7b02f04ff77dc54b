import type { Writable } from 'node:stream'
import type { Signals } from './signals.ts'
import type { StandardStreams } from './terminal/terminal.ts'

/**
 * Prevents a closed pipe or a vanished terminal from ending the process before the task is stopped.
 * @returns a function that returns the error if stdout has lost bytes
 */
export function watchOutput({ stdout, stderr }: StandardStreams): () => Error | undefined {
  const errors: Error[] = []
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') errors.push(error)
  })
  stderr.on('error', () => {})
  return () => errors[0]
}

/** Waits until a slow reader has everything. A cancel, before or during the wait, ends it. */
export async function flush({ stdout, stderr }: StandardStreams, cancel: AbortSignal): Promise<void> {
  if (cancel.aborted) return
  const cancelled = new Promise((resolve) => cancel.addEventListener('abort', resolve))
  await Promise.race([Promise.all([flushed(stdout), flushed(stderr)]), cancelled])
}

/** Resolves once everything is delivered or cannot be. */
function flushed(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.errored || stream.destroyed) return resolve()
    stream.once('error', () => resolve())
    stream.write('', () => resolve())
  })
}

/** @param onTerminal whether stdin was a terminal when the process began: it may be gone by now */
export function endProcess(status: number, { received }: Signals, onTerminal: boolean): void {
  // Node aborts when it resets a terminal that is gone, so let the signal itself end the process.
  if (received.has('SIGHUP') && onTerminal) {
    process.removeAllListeners('SIGHUP')
    process.kill(process.pid, 'SIGHUP')
  } else process.exit(status)
}
