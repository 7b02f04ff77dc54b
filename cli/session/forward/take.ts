import { once } from 'node:events'
import type { Readable } from 'node:stream'

const ENDS = ['readable', 'end', 'close'] as const

/**
 * Takes exactly this many bytes from a stream that nobody reads yet. The rest stays in it.
 * @throws Error if the stream ends before that, or the signal's reason
 */
export async function take(bytes: Readable, length: number, signal: AbortSignal): Promise<Buffer> {
  for (;;) {
    const chunk: Buffer | null = bytes.read(length)
    if (chunk?.length === length) return chunk
    if (chunk || bytes.readableEnded || bytes.destroyed) throw new Error('The client closed the connection.')
    await nextEvent(bytes, signal)
  }
}

async function nextEvent(bytes: Readable, signal: AbortSignal): Promise<void> {
  const others = new AbortController()
  const either = AbortSignal.any([signal, others.signal])
  try {
    await Promise.race(ENDS.map((event) => once(bytes, event, { signal: either })))
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    others.abort()
  }
}
