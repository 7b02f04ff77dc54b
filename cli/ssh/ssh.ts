import type { KeyType } from '../core/config/config.ts'
import type { Ssh } from '../session/ports/ssh.ts'
import { checkKey } from './check-key.ts'
import { connect } from './connect.ts'
import { makeKeyPair } from './key-pair.ts'

/** SSH in the flow's terms. */
export function makeSsh(keyType: KeyType): Ssh {
  return {
    async makeKeys() {
      const [user, host] = await Promise.all([makeKeyPair(keyType), makeKeyPair(keyType)])
      return { user, host }
    },
    checkKey,
    connect,
  }
}
