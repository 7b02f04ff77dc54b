import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const KEY = /PRIVATE KEY|ssh-(ed25519|rsa) AAAA/

/** The files under a directory in which there is a key, private or public. */
export async function keysLeft(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && !/\/image(\/|$)/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name))
  const contents = await Promise.all(files.map((file) => readFile(file, 'latin1').catch(() => '')))
  return files.filter((_, index) => KEY.test(contents[index] ?? ''))
}
