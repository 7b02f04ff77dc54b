import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Keys } from './keys.ts'

export const KEY_TYPES = ['ed25519', 'ecdsa', 'rsa'] as const
export type AnyKeyType = (typeof KEY_TYPES)[number]

/** A key pair of one type, in the forms that clients read. */
export interface ClientKey {
  /** OpenSSH form; PEM where `ssh-keygen -m PEM` can write it. */
  readonly file: string
  readonly ppkFile: string
  readonly dropbearFile: string
  readonly publicKey: string
  readonly privateKey: string
}

/** @param name of its files in the directory of `keys` */
export function makeKey(keys: Keys, type: AnyKeyType, name = type as string): ClientKey {
  const file = join(keys.directory, name)
  const run = (program: string, ...args: readonly string[]) =>
    execFileSync(program, args, { stdio: 'ignore' })
  run('ssh-keygen', '-q', '-t', type, '-N', '', '-C', name, '-f', file)
  run('puttygen', file, '-O', 'private', '-o', `${file}.ppk`)
  run('dropbearconvert', 'openssh', 'dropbear', file, `${file}.dropbear`)
  return {
    file,
    ppkFile: `${file}.ppk`,
    dropbearFile: `${file}.dropbear`,
    publicKey: readFileSync(`${file}.pub`, 'utf8').trim(),
    privateKey: readFileSync(file, 'utf8'),
  }
}
