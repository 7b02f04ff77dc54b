import { generateKeyPair as generateNative } from 'node:crypto'
import { promisify } from 'node:util'
import type { KeyType } from '../core/config/config.ts'
import type { KeyPair } from '../session/ports/ssh.ts'
import { fingerprint, type KeyMaterial, privateKeyFile, publicKeyBlob, publicKeyLine } from './openssh-key.ts'

const RSA_BITS = 3072

/**
 * Generates a new pair in memory. Only the user's key of a detached session is ever written to a file, by the journal.
 */
export async function makeKeyPair(type: KeyType): Promise<KeyPair> {
  const key = type === 'ed25519' ? await makeEd25519() : await makeRsa()
  return {
    publicKey: publicKeyLine(key),
    privateKey: privateKeyFile(key),
    fingerprint: fingerprint(publicKeyBlob(key)),
  }
}

async function makeEd25519(): Promise<KeyMaterial> {
  const { privateKey } = await promisify(generateNative)('ed25519')
  const { x, d } = privateKey.export({ format: 'jwk' })
  return {
    type: 'ssh-ed25519',
    publicKey: Buffer.from(x ?? '', 'base64url'),
    seed: Buffer.from(d ?? '', 'base64url'),
  }
}

async function makeRsa(): Promise<KeyMaterial> {
  const { default: forge } = await import('node-forge')
  // With a callback, forge uses Node's native generator: a fraction of a second instead of several.
  const { privateKey } = await promisify(forge.pki.rsa.generateKeyPair)({ bits: RSA_BITS })
  const { n, e, d, qInv, p, q } = privateKey
  const [bytesN, bytesE, bytesD, inverse, bytesP, bytesQ] = [n, e, d, qInv, p, q].map((number) =>
    Buffer.from(number.toByteArray()),
  ) as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer]
  return { type: 'ssh-rsa', n: bytesN, e: bytesE, d: bytesD, inverse, p: bytesP, q: bytesQ }
}
