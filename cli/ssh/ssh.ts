import type { KeyType } from '../core/config/config.ts'
import type { Ssh } from '../session/ports/ssh.ts'
import { checkKey } from './check-key.ts'
import { connect } from './connect.ts'
import { makeKeyPair } from './key-pair.ts'

/**
 * SSH in the flow's terms.
 * @param agentSocket of the user's own agent, for logins that forward it
 */
export function makeSsh(keyType: KeyType, agentSocket?: string): Ssh {
  return {
    async makeKeys() {
      const [user, host] = await Promise.all([makeKeyPair(keyType), makeKeyPair(keyType)])
      return { user, host }
    },
    checkKey,
    connect: (bytes, login, signal) => connect(bytes, { ...login, agentSocket }, signal),
  }
}
