import { type Engine, engine } from './engine/engine.ts'

/** Removes containers, running or not, with their anonymous volumes. Missing ones are fine. */
export async function removeContainers(client: Engine, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await engine(client, ['rm', '-f', '-v', ...ids]).catch(() => {})
}
