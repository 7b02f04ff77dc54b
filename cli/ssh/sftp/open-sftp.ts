import { FargateLoginError } from '../../core/error.ts'
import { foreignWords } from '../../core/text/foreign-words.ts'
import { settleOnce } from '../../core/wait/settle.ts'
import type { Sftp } from '../../session/ports/sftp.ts'
import type { Peer } from '../peer.ts'
import { SshSftp } from './ssh-sftp.ts'

/** How long the server may take to start its SFTP server. */
const OPEN_TIMEOUT_MS = 20_000

/** @throws FargateLoginError `session-refused`, or the reason of the connection's `lost` */
export function openSftp({ client, lost }: Peer, signal: AbortSignal): Promise<Sftp> {
  return settleOnce<Sftp>(AbortSignal.any([signal, lost]), ({ resolve, reject, afterwards }) => {
    let isWanted = true
    const timer = setTimeout(() => reject(refused('no answer')), OPEN_TIMEOUT_MS)
    afterwards(() => {
      clearTimeout(timer)
      isWanted = false
    })
    client.sftp((error, sftp) => {
      if (error) reject(refused(error.message))
      else if (isWanted) resolve(new SshSftp(sftp, lost, signal))
      else sftp.end()
    })
  })
}

function refused(reason: string): FargateLoginError {
  return new FargateLoginError('session-refused', `sshd opened no SFTP session: ${foreignWords(reason)}.`, {
    hint: "Check whether the image's sshd has a Subsystem sftp, or add the toolkit with --inject.",
  })
}
