import type { Client, SFTPWrapper } from 'ssh2'
import { FargateLoginError } from '../../core/error.ts'
import { foreignWords } from '../../core/text/foreign-words.ts'
import { settleOnce } from '../../core/wait/settle.ts'
import type { Sftp } from '../../session/ports/sftp.ts'
import type { Peer } from '../peer.ts'
import { SshSftp } from './ssh-sftp.ts'

/** How long the server may take to start its SFTP server. */
const OPEN_TIMEOUT_MS = 20_000

/** Missing in ssh2's types. */
interface SftpWithEnvironment {
  sftp(
    environment: Readonly<Record<string, string>>,
    onOpen: (error: Error | undefined, sftp: SFTPWrapper) => void,
  ): void
}

/**
 * @param environment one variable at most
 * @throws FargateLoginError `session-refused`, or the reason of the connection's `lost`
 */
export function openSftp(
  { client, lost }: Peer,
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Sftp> {
  return settleOnce<Sftp>(AbortSignal.any([signal, lost]), ({ resolve, reject, afterwards }) => {
    let isWanted = true
    const timer = setTimeout(() => reject(refused('no answer')), OPEN_TIMEOUT_MS)
    afterwards(() => {
      clearTimeout(timer)
      isWanted = false
    })
    const onOpen = (error: Error | undefined, sftp: SFTPWrapper) => {
      if (error) reject(refused(error.message))
      else if (isWanted) resolve(new SshSftp(sftp, lost, signal))
      else sftp.end()
    }
    // ssh2 waits for the answer about one variable, and would never go on without one.
    if (Object.keys(environment).length === 0) client.sftp(onOpen)
    else (client as Client & SftpWithEnvironment).sftp(environment, onOpen)
  })
}

function refused(reason: string): FargateLoginError {
  return new FargateLoginError('session-refused', `sshd opened no SFTP session: ${foreignWords(reason)}.`, {
    hint: "Check whether the image's sshd has a Subsystem sftp, or add the toolkit with --inject.",
  })
}
