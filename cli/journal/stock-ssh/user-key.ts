import { randomBytes } from 'node:crypto'
import { link, readFile, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as v from 'valibot'
import type { KeyPair } from '../../session/ports/ssh.ts'
import { writeWhole } from '../write-whole.ts'

const Stored = v.object({ publicKey: v.string(), privateKey: v.string(), fingerprint: v.string() })

/** The key pair in a file, or the fresh one, which is then in the file. Several processes at once get the same pair. */
export async function keepUserKey(file: string, fresh: KeyPair): Promise<KeyPair> {
  const own = `${file}.${randomBytes(8).toString('hex')}`
  for (;;) {
    const stored = await read(file)
    if (stored) return stored
    await writeWhole(dirname(file), own, JSON.stringify(fresh))
    try {
      // Fails if another process was faster.
      await link(own, file)
      // Not read again: on a file system without modes, no key looks secret.
      return fresh
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      await rm(own, { force: true })
    }
  }
}

/** @returns `undefined` if there is none; one that is damaged, or that others may know, is removed */
async function read(file: string): Promise<KeyPair | undefined> {
  try {
    if (!(await isOurSecret(file))) return await remove(file)
    return v.parse(Stored, JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    if (!(error instanceof SyntaxError || error instanceof v.ValiError)) throw error
    return await remove(file)
  }
}

async function remove(file: string): Promise<undefined> {
  await rm(file, { force: true })
}

/** The rule of ssh for its key files. */
async function isOurSecret(file: string): Promise<boolean> {
  const { uid, mode } = await stat(file)
  return (mode & 0o077) === 0 && (process.getuid === undefined || uid === process.getuid())
}
