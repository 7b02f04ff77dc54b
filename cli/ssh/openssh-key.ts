import { createHash, randomBytes } from 'node:crypto'

// Writes OpenSSH's key formats: the public key blob (RFC 4253, 6.6; RFC 8709) and the private key file `openssh-key-v1`
// (https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key). It does not encrypt, because the keys are
// used once and stay in memory. Only the user's key of a detached session is in a file, which only its user can read.

/** Numbers are big-endian, in two's complement and without redundant bytes, as SSH's mpint requires. */
export type KeyMaterial =
  | { readonly type: 'ssh-ed25519'; readonly publicKey: Buffer; readonly seed: Buffer }
  | {
      readonly type: 'ssh-rsa'
      readonly n: Buffer
      readonly e: Buffer
      readonly d: Buffer
      readonly inverse: Buffer
      readonly p: Buffer
      readonly q: Buffer
    }

/** One authorized_keys line, without comment. */
export function publicKeyLine(key: KeyMaterial): string {
  return `${key.type} ${publicKeyBlob(key).toString('base64')}`
}

/** The line for a blob, which begins with its type. */
export function publicKeyText(blob: Buffer): string {
  const type = blob.toString('latin1', 4, 4 + blob.readUInt32BE())
  return `${type} ${blob.toString('base64')}`
}

/** `SHA256:…` as ssh-keygen -l prints it. */
export function fingerprint(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}

export function publicKeyBlob(key: KeyMaterial): Buffer {
  return key.type === 'ssh-ed25519'
    ? Buffer.concat([string(key.type), string(key.publicKey)])
    : Buffer.concat([string(key.type), string(key.e), string(key.n)])
}

/** A file that begins with `-----BEGIN OPENSSH PRIVATE KEY-----` and ends with a line break. */
export function privateKeyFile(key: KeyMaterial): string {
  const check = randomBytes(4)
  const secret = pad(Buffer.concat([check, check, privateFields(key), string('')]))
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    string('none'),
    string('none'),
    string(''),
    uint32(1),
    string(publicKeyBlob(key)),
    string(secret),
  ])
  const lines = file.toString('base64').match(/.{1,70}/g) ?? []
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`
}

function privateFields(key: KeyMaterial): Buffer {
  if (key.type === 'ssh-ed25519') {
    const secret = Buffer.concat([key.seed, key.publicKey])
    return Buffer.concat([string(key.type), string(key.publicKey), string(secret)])
  }
  const { n, e, d, inverse, p, q } = key
  return Buffer.concat([string(key.type), ...[n, e, d, inverse, p, q].map(string)])
}

/** Pads to blocks of 8 with the bytes 1, 2, 3, … */
function pad(secret: Buffer): Buffer {
  const missing = (8 - (secret.length % 8)) % 8
  return Buffer.concat([secret, Buffer.from(Array.from({ length: missing }, (_, index) => index + 1))])
}

function string(value: Buffer | string): Buffer {
  const bytes = Buffer.from(value as Buffer)
  return Buffer.concat([uint32(bytes.length), bytes])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
