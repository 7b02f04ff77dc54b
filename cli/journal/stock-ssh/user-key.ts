import { randomBytes } from 'node:crypto'
import { link, readFile, rm } from 'node:fs/promises'
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
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      await rm(own, { force: true })
    }
  }
}

/** @returns `undefined` if there is none; a damaged one is removed */
async function read(file: string): Promise<KeyPair | undefined> {
  try {
    return v.parse(Stored, JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    if (!(error instanceof SyntaxError || error instanceof v.ValiError)) throw error
    await rm(file, { force: true })
    return undefined
  }
}
