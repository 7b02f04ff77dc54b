import type { Duplex } from 'node:stream'
import type { Endpoint } from '../../core/link/endpoint.ts'
import { take } from './take.ts'

/** What a client of a forward asks for. */
export interface ForwardRequest {
  readonly to: Endpoint
  /** Tells the client that the connection is open. */
  accept(): void
  /** Tells the client that the destination refused, and closes. */
  refuse(): void
}

/**
 * Reads the request of a SOCKS client: versions 4, 4a and 5 (RFC 1928), CONNECT without authentication. Names are not
 * resolved here, but in the task.
 * @throws Error for anything else, after telling the client
 */
export async function readSocks(bytes: Duplex, signal: AbortSignal): Promise<ForwardRequest> {
  const [version] = await take(bytes, 1, signal)
  if (version === 5) return await readVersion5(bytes, signal)
  if (version === 4) return await readVersion4(bytes, signal)
  bytes.destroy()
  throw new Error('A client spoke no SOCKS.')
}

async function readVersion5(bytes: Duplex, signal: AbortSignal): Promise<ForwardRequest> {
  const [count = 0] = await take(bytes, 1, signal)
  const methods = await take(bytes, count, signal)
  if (!methods.includes(NO_AUTHENTICATION)) {
    bytes.end(Buffer.from([5, 0xff]))
    throw new Error('A SOCKS client insists on authentication.')
  }
  bytes.write(Buffer.from([5, NO_AUTHENTICATION]))
  const [, command, , kind] = await take(bytes, 4, signal)
  const answer = (status: number) => Buffer.from([5, status, 0, IPV4, 0, 0, 0, 0, 0, 0])
  const host = await readAddress(bytes, kind, signal)
  if (host === undefined) {
    bytes.end(answer(ADDRESS_KIND_UNKNOWN))
    throw new Error(`A SOCKS client sent an unknown kind of address (${kind}).`)
  }
  const port = (await take(bytes, 2, signal)).readUInt16BE()
  if (command !== CONNECT) {
    bytes.end(answer(COMMAND_UNKNOWN))
    throw new Error('A SOCKS client asked for something else than a TCP connection.')
  }
  return {
    to: { host, port },
    accept: () => void bytes.write(answer(0)),
    refuse: () => void bytes.end(answer(CONNECTION_REFUSED)),
  }
}

async function readAddress(
  bytes: Duplex,
  kind: number | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  switch (kind) {
    case IPV4:
      return (await take(bytes, 4, signal)).join('.')
    case IPV6: {
      const address = await take(bytes, 16, signal)
      const groups = Array.from({ length: 8 }, (_, at) => address.readUInt16BE(at * 2).toString(16))
      return groups.join(':')
    }
    case NAME: {
      const [length = 0] = await take(bytes, 1, signal)
      return (await take(bytes, length, signal)).toString()
    }
    default:
      return undefined
  }
}

async function readVersion4(bytes: Duplex, signal: AbortSignal): Promise<ForwardRequest> {
  const request = await take(bytes, 7, signal)
  await takeText(bytes, signal)
  const address = request.subarray(3)
  // 4a: an address 0.0.0.x announces a name.
  const isNamed = address[0] === 0 && address[1] === 0 && address[2] === 0 && address[3] !== 0
  const host = isNamed ? await takeText(bytes, signal) : address.join('.')
  const answer = (status: number) => Buffer.from([0, status, 0, 0, 0, 0, 0, 0])
  if (request[0] !== CONNECT) {
    bytes.end(answer(REFUSED_4))
    throw new Error('A SOCKS client asked for something else than a TCP connection.')
  }
  return {
    to: { host, port: request.readUInt16BE(1) },
    accept: () => void bytes.write(answer(GRANTED_4)),
    refuse: () => void bytes.end(answer(REFUSED_4)),
  }
}

/** Takes a text that a zero byte ends. */
async function takeText(bytes: Duplex, signal: AbortSignal): Promise<string> {
  const text: number[] = []
  for (;;) {
    const [byte] = await take(bytes, 1, signal)
    if (!byte) return Buffer.from(text).toString()
    if (text.push(byte) > LONGEST_TEXT) throw new Error('A SOCKS client sent a name that is too long.')
  }
}

const LONGEST_TEXT = 255
const NO_AUTHENTICATION = 0
const CONNECT = 1
const IPV4 = 1
const NAME = 3
const IPV6 = 4
const CONNECTION_REFUSED = 5
const COMMAND_UNKNOWN = 7
const ADDRESS_KIND_UNKNOWN = 8
const GRANTED_4 = 0x5a
const REFUSED_4 = 0x5b
