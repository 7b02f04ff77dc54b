import { type Engine, engine } from './engine/engine.ts'

/** Removes containers, running or not, and their anonymous volumes. One that is not there is fine. */
export async function removeContainers(client: Engine, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await engine(client, ['rm', '-f', '-v', ...ids]).catch(() => {})
}
