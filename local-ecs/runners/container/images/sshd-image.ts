import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Engine, type EngineInfo, engine } from '../engine/engine.ts'
import { callClient } from '../engine/engine-client.ts'

const REPOSITORY = 'fargate-login-sshd'

/** The image's name. Its tag depends on every file in the directory, so an image with this name is never stale. */
export async function sshdImageTag(imageDirectory: string): Promise<string> {
  const hash = createHash('sha256')
  for (const file of await filesOf(imageDirectory)) {
    hash.update(`${file}\0`).update(await readFile(join(imageDirectory, file)))
  }
  return `${REPOSITORY}:${hash.digest('hex').slice(0, 12)}`
}

async function filesOf(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return files.map(({ parentPath, name }) => join(parentPath, name).slice(directory.length + 1)).sort()
}

export async function hasImage({ path }: EngineInfo, image: string): Promise<boolean> {
  return callClient(path, ['image', 'inspect', '--format', '{{.Id}}', image]).then(
    () => true,
    () => false,
  )
}

/**
 * Builds the image on this machine's network, to use the user's resolver and proxies.
 * @throws EngineError with the last words of the build
 */
export async function buildSshdImage(
  client: Engine,
  imageDirectory: string,
  signal?: AbortSignal,
): Promise<string> {
  const tag = await sshdImageTag(imageDirectory)
  const names = ['-t', tag, '-t', `${REPOSITORY}:local`]
  const build = ['build', '--network', 'host', ...client.quirks.limitArguments, ...names, imageDirectory]
  await engine(client, build, signal && { signal })
  return tag
}

/** The base image of the Dockerfile's first stage, which the build needs anyway. */
export async function baseImage(imageDirectory: string): Promise<string> {
  const dockerfile = await readFile(join(imageDirectory, 'Dockerfile'), 'utf8')
  const [, name] = /^\s*FROM\s+(?:--\S+\s+)*(\S+)/im.exec(dockerfile) ?? []
  if (name === undefined) throw new Error(`${join(imageDirectory, 'Dockerfile')} has no FROM line.`)
  return name
}
