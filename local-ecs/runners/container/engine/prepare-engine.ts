import { baseImage, buildSshdImage, hasImage, sshdImageTag } from '../images/sshd-image.ts'
import type { Engine } from './engine.ts'
import { callClient, EngineError } from './engine-client.ts'
import { findEngine } from './find-engine.ts'
import { knownQuirks } from './known-quirks.ts'

export interface PrepareEngineInput {
  /** Contains the Dockerfile. */
  readonly imageDirectory: string
  readonly log: (line: string) => void
  readonly signal?: AbortSignal | undefined
}

export interface EngineAndImage {
  readonly client: Engine
  /** The name of the sshd image, which is present. */
  readonly image: string
}

/**
 * Finds a working container engine and makes sure that it has the sshd image. A set-up can do this in advance;
 * otherwise the local ECS does it at its start. It is quick if everything is present.
 * @throws EngineError, with the reason why there is none
 */
export async function prepareEngine({
  imageDirectory,
  log,
  signal,
}: PrepareEngineInput): Promise<EngineAndImage> {
  const found = await findEngine()
  if ('missing' in found) throw new EngineError(found.missing)
  const options = signal && { signal }

  const tag = await sshdImageTag(imageDirectory)
  const isBuilt = await hasImage(found, tag)
  const atHand = isBuilt ? tag : await baseImage(imageDirectory)
  if (!isBuilt && !(await hasImage(found, atHand))) {
    log(`Pulling ${atHand}`)
    await callClient(found.path, ['pull', atHand], options)
  }
  const client: Engine = { ...found, quirks: await knownQuirks(found, atHand) }
  if (!isBuilt) {
    log(`Building the sshd image with ${found.name}`)
    await buildSshdImage(client, imageDirectory, signal)
  }
  return { client, image: tag }
}
