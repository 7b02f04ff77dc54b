import { createWriteStream, lstatSync, readdirSync } from 'node:fs'
import { chmod, lstat, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { hasErrno } from '../core/copy/file-error.ts'
import type { Stage, StagedFile } from '../session/ports/files.ts'
import { hashFile } from './hash-file.ts'
import { makeLinks } from './make-links.ts'
import { openUp } from './open-up.ts'
import { publish } from './publish.ts'
import { type Facts, type Links, unpack } from './unpack.ts'

/** Bytes to collect before a write. Each write costs a turn of the thread pool, whatever its size. */
const CHUNKS = 4 << 20
const PREFIX = '.fargate-login-'
const PART = '.fargate-login-part'

export async function makeStage(destination: string): Promise<Stage> {
  const path = resolve(destination)
  const inside = await lstat(`${path}/`).then(
    (stats) => stats.isDirectory(),
    () => false,
  )
  return new LocalStage(await mkdtemp(join(inside ? path : dirname(path), PREFIX)))
}

/** A folder of mode 0700 on the disk of the destination. What is complete moves out of it by a rename. */
class LocalStage implements Stage {
  readonly #root: string
  /** Modes and times, which are set when everything is in place. Keys are paths in the stage. */
  readonly #facts = new Map<string, Facts>()
  readonly #links: Links = new Map()

  constructor(root: string) {
    this.#root = root
  }

  async unpack(input: Parameters<Stage['unpack']>[0]): Promise<void> {
    await unpack({ ...input, root: this.#root, facts: this.#facts, links: this.#links })
  }

  async append(entry: string, bytes: Readable): Promise<void> {
    await pipeline(
      bytes,
      createWriteStream(join(this.#root, entry), { flags: 'a', mode: 0o600, highWaterMark: CHUNKS }),
    )
  }

  async size(entry: string): Promise<number> {
    try {
      return (await lstat(join(this.#root, entry))).size
    } catch (error) {
      if (hasErrno(error, 'ENOENT')) return 0
      throw error
    }
  }

  setFacts(entry: string, facts: Facts): void {
    this.#facts.set(join(this.#root, entry), facts)
  }

  async files(entry: string): Promise<readonly StagedFile[]> {
    const found: StagedFile[] = []
    const open: (readonly string[])[] = [[entry]]
    for (let parts = open.pop(); parts; parts = open.pop()) {
      const stats = lstatSync(join(this.#root, ...parts), { throwIfNoEntry: false })
      if (stats?.isDirectory()) {
        for (const name of readdirSync(join(this.#root, ...parts))) open.push([...parts, name])
      } else if (stats?.isFile())
        found.push({ parts, size: stats.size, mtime: Math.floor(stats.mtimeMs / 1000) })
    }
    return found
  }

  hash(parts: readonly string[], bytes?: number): Promise<string> {
    return hashFile(join(this.#root, ...parts), bytes)
  }

  async remove(parts: readonly string[]): Promise<void> {
    await rm(join(this.#root, ...parts), { recursive: true, force: true })
  }

  async publish(entry: string, landing: string, tell: Parameters<Stage['publish']>[2]): Promise<void> {
    const from = join(this.#root, entry)
    makeLinks(from, this.#links, tell)
    await publish({ from, to: resolve(landing), facts: this.#facts, tell })
  }

  async keepPart(entry: string, landing: string): Promise<string | undefined> {
    const part = `${resolve(landing)}${PART}`
    try {
      await rm(part, { recursive: true, force: true })
      await rename(join(this.#root, entry), part)
      return part
    } catch (error) {
      if (hasErrno(error, 'ENOENT')) return undefined
      throw error
    }
  }

  async takePart(entry: string, landing: string): Promise<void> {
    try {
      await rename(`${resolve(landing)}${PART}`, join(this.#root, entry))
    } catch (error) {
      if (!hasErrno(error, 'ENOENT')) throw error
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await openUp(this.#root)
    await chmod(this.#root, 0o700).catch(() => {})
    await rm(this.#root, { recursive: true, force: true })
  }
}
