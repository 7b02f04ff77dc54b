import type { Duplex } from 'node:stream'

/**
 * Copies both ways with backpressure until both ends are closed. Each direction ends on its own, so that a program that
 * has sent everything still gets its answer.
 */
export function relay(one: Duplex, other: Duplex): void {
  one.pipe(other)
  other.pipe(one)
  closeWith(one, other)
  closeWith(other, one)
}

/** A side that breaks takes the other along. If it has closed in order, the other gets everything first. */
function closeWith(one: Duplex, other: Duplex): void {
  const close = () => other.destroy()
  one.on('error', close)
  one.on('close', () => {
    if (one.readableEnded) other.end(close)
    else close()
  })
}
