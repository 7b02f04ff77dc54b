import type { Duplex } from 'node:stream'
import type { ClientChannel } from 'ssh2'
import { FargateLoginError } from '../../core/error.ts'
import { type Endpoint, endpointText } from '../../core/link/endpoint.ts'
import { foreignWords } from '../../core/text/foreign-words.ts'
import { settleOnce } from '../../core/wait/settle.ts'
import type { Peer } from '../peer.ts'
import { widenWindow } from '../wide-window.ts'

/** Makes the server connect (RFC 4254, 7.2; `direct-streamlocal@openssh.com`). */
export function dial({ client, lost }: Peer, to: Endpoint, signal: AbortSignal): Promise<Duplex> {
  return settleOnce<Duplex>(AbortSignal.any([signal, lost]), ({ resolve, reject, afterwards }) => {
    let isWanted = true
    afterwards(() => {
      isWanted = false
    })
    const onOpen = (error: Error | undefined, channel: ClientChannel) => {
      if (error) return reject(forwardRefused(`The task did not connect to ${endpointText(to)}`, error))
      if (isWanted) {
        widenWindow(channel)
        resolve(channel)
      } else channel.on('error', () => {}).close()
    }
    if ('path' in to) client.openssh_forwardOutStreamLocal(to.path, onOpen)
    else client.forwardOut('127.0.0.1', 0, to.host, to.port, onOpen)
  })
}

/** @param fact what did not happen */
export function forwardRefused(fact: string, cause: Error): FargateLoginError {
  return new FargateLoginError('forward-refused', `${fact}: ${foreignWords(reasonOf(cause))}.`, {
    hint: "Check that the name resolves and the port answers in the VPC, and that sshd allows forwarding. See the task's log.",
    cause,
  })
}

/** ssh2 puts its own words before those of the server. */
function reasonOf({ message }: Error): string {
  return message.replace(/^\(SSH\) Channel open failure: /, '')
}
