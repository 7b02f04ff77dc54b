import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Key pairs of a test file, in a directory that goes away with it. */
export interface Keys extends Disposable {
  readonly directory: string
  /** May log in: file of the private key, and the authorized_keys line. */
  readonly user: KeyPair
  /** May not. */
  readonly stranger: KeyPair
  readonly host: KeyPair
}

export interface KeyPair {
  readonly file: string
  readonly privateKey: string
  readonly publicKey: string
  /** `SHA256:…` */
  readonly fingerprint: string
}

export function makeKeys(): Keys {
  const directory = mkdtempSync(join(tmpdir(), 'fargate-login-test-'))
  const pair = (name: string): KeyPair => {
    const file = join(directory, name)
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', file])
    const shown = execFileSync('ssh-keygen', ['-l', '-E', 'sha256', '-f', file], { encoding: 'utf8' })
    return {
      file,
      privateKey: readFileSync(file, 'utf8'),
      publicKey: readFileSync(`${file}.pub`, 'utf8').trim(),
      fingerprint: shown.split(' ')[1] ?? '',
    }
  }
  return {
    directory,
    user: pair('user'),
    stranger: pair('stranger'),
    host: pair('host'),
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  }
}
