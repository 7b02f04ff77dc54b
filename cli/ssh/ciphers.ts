import type { AlgorithmList, CipherAlgorithm } from 'ssh2'
import { hasAesHardware } from './aes-hardware.ts'

const GCM: CipherAlgorithm[] = ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com']
const CTR: CipherAlgorithm[] = ['aes128-ctr', 'aes192-ctr', 'aes256-ctr']

/**
 * The fastest first, as measured: AES-GCM if this machine has it in hardware, otherwise chacha20-poly1305. AES-CTR with its
 * HMAC is the slowest. The server decides nothing here: SSH takes the client's first that the server knows.
 */
export function ciphers(hasAes = hasAesHardware()): AlgorithmList<CipherAlgorithm> {
  const last = hasAes ? CTR : [...GCM, ...CTR]
  // ssh2 applies these operations in the order in which they are written.
  return { prepend: [], remove: last, append: last }
}
