import type { AlgorithmList, CipherAlgorithm } from 'ssh2'

const SLOWEST: CipherAlgorithm[] = ['aes128-ctr', 'aes192-ctr', 'aes256-ctr']

/**
 * The fastest first, as measured: AES-GCM if the server has it in hardware, otherwise chacha20-poly1305, which is twice as
 * fast as AES-CTR. ssh2 lists AES-CTR before chacha20. It applies these operations in the order in which they are written.
 */
export const CIPHERS: AlgorithmList<CipherAlgorithm> = { prepend: [], remove: SLOWEST, append: SLOWEST }
