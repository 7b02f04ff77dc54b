import ssh2 from 'ssh2'
import { FargateLoginError } from '../core/error.ts'
import { fingerprint } from './openssh-key.ts'

/**
 * Reads a key that was kept in a file.
 * @returns its fingerprint
 * @throws FargateLoginError `authentication-failed` if it is damaged
 */
export function checkKey(privateKey: string): string {
  const key = ssh2.utils.parseKey(privateKey)
  if (key instanceof Error || !key.isPrivateKey()) {
    throw new FargateLoginError('authentication-failed', 'The private key of the session is damaged.')
  }
  return fingerprint(key.getPublicSSH())
}
