import ssh2 from 'ssh2'
import { FargateLoginError } from '../core/error.ts'

/** A key that was kept in a file may be damaged. */
export function checkKey(privateKey: string): void {
  if (!(ssh2.utils.parseKey(privateKey) instanceof Error)) return
  throw new FargateLoginError('authentication-failed', 'The private key of the session is damaged.')
}
