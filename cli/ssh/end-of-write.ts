import { createRequire } from 'node:module'
import type { ClientChannel } from 'ssh2'

const REQUEST = 'eow@openssh.com'
const MSG_CHANNEL_REQUEST = 98

/**
 * Tells an OpenSSH server that we stop reading the command's output. The command gets SIGPIPE, as in a local pipeline,
 * and its exit status still arrives. https://github.com/openssh/openssh-portable/blob/master/PROTOCOL
 *
 * ssh2 cannot send requests that it does not know, so this builds the packet; package.json pins ssh2's version.
 */
export function sendEndOfWrite(channel: ClientChannel): void {
  const { outgoing, _client: client } = channel as unknown as Internals
  const protocol = client._protocol
  const { sendPacket } = createRequire(import.meta.url)('ssh2/lib/protocol/utils.js') as typeof Utils
  if (outgoing.state !== 'open' && outgoing.state !== 'eof') return

  const writer = protocol._packetRW.write
  const packet = writer.alloc(1 + 4 + 4 + REQUEST.length + 1)
  let at = writer.allocStart
  packet[at] = MSG_CHANNEL_REQUEST
  at = packet.writeUInt32BE(outgoing.id, at + 1)
  at = packet.writeUInt32BE(REQUEST.length, at)
  at += packet.write(REQUEST, at, 'latin1')
  packet[at] = 0 // no reply wanted
  sendPacket(protocol, writer.finalize(packet))
}

interface Protocol {
  readonly _packetRW: {
    readonly write: {
      readonly allocStart: number
      alloc(payloadLength: number): Buffer
      finalize(packet: Buffer): Buffer
    }
  }
}

interface Internals {
  readonly outgoing: { readonly id: number; readonly state: string }
  readonly _client: { readonly _protocol: Protocol }
}

declare namespace Utils {
  function sendPacket(protocol: Protocol, packet: Buffer): boolean
}
