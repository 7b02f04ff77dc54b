import type { ClientChannel } from 'ssh2'

/**
 * How many bytes the server may send before we have read them. ssh2 grants 2 MiB, and renews the grant when half of it is
 * used, so the server waits for one round trip in each MiB. bench/README.md has what was measured.
 */
const WINDOW = 8 << 20
/** The grant is renewed when this much of it is used. */
const STEP = WINDOW / 8

/** Grants a wider window to a channel that carries bulk data. While the reader pauses, no grant is renewed. */
export function widenWindow(channel: ClientChannel): void {
  const inner = channel as unknown as Internals
  const grant = () => {
    const { incoming, outgoing, _client } = inner
    const missing = WINDOW - incoming.window
    if (missing < STEP || incoming.state !== 'open' || outgoing.state === 'closed') return
    incoming.window += missing
    _client._protocol.channelWindowAdjust(outgoing.id, missing)
  }
  const push = inner.push.bind(channel)
  inner.push = (chunk, encoding) => {
    const wantsMore = push(chunk, encoding)
    if (wantsMore && chunk !== null) grant()
    return wantsMore
  }
  const read = inner._read.bind(channel)
  inner._read = (size) => {
    read(size)
    grant()
  }
  grant()
}

/** What ssh2 calls and keeps; package.json pins its version. */
interface Internals {
  readonly incoming: { window: number; readonly state: string }
  readonly outgoing: { readonly id: number; readonly state: string }
  readonly _client: {
    readonly _protocol: { channelWindowAdjust(channel: number, bytes: number): void }
  }
  push(chunk: unknown, encoding?: BufferEncoding): boolean
  _read(size: number): void
}
