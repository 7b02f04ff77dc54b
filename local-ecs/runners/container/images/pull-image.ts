import { StartFailure } from '../../start-failure.ts'
import { type Engine, engine } from '../engine/engine.ts'
import { hasImage } from './sshd-image.ts'

/** Pulls an image unless it is already present. @throws StartFailure with the engine's words */
export async function pullImage(client: Engine, image: string, signal: AbortSignal): Promise<void> {
  if (await hasImage(client, image)) return
  try {
    await engine(client, ['pull', image], { signal })
  } catch (error) {
    signal.throwIfAborted()
    throw new StartFailure(`CannotPullContainerError: ${(error as Error).message}`)
  }
}
