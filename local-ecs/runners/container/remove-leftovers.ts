import { type Engine, engine, inspect } from './engine/engine.ts'
import { removeContainers } from './remove-containers.ts'
import { hasLostRunner, type Labels, runnerFilter } from './runner-labels.ts'

/** Removes the containers and volumes of runner processes that are gone. */
export async function removeLeftovers(client: Engine): Promise<void> {
  const ids = await labelledIds(client, ['ps', '-a'])
  const found = await Promise.all(ids.map((id) => inspect(client, id).catch(() => undefined)))
  const leftovers = found.flatMap((container) =>
    container && hasLostRunner(container.Config.Labels) ? [container] : [],
  )
  // The youngest first, because a container that owns a network can only be removed after those that use it.
  for (const { Id } of leftovers.sort((a, b) => b.Created.localeCompare(a.Created))) {
    await removeContainers(client, [Id])
  }
  await removeLeftVolumes(client)
}

async function removeLeftVolumes(client: Engine): Promise<void> {
  for (const name of await labelledIds(client, ['volume', 'ls'])) {
    // Its task may have removed it by now.
    const labels = await engine(client, ['volume', 'inspect', '--format', '{{json .Labels}}', name]).catch(
      () => 'null',
    )
    if (!hasLostRunner(JSON.parse(labels) as Labels)) continue
    // A volume in use stays until the next start. The others are still removed.
    await engine(client, ['volume', 'rm', name]).catch(() => {})
  }
}

/** @param list the engine's list command */
async function labelledIds(client: Engine, list: readonly string[]): Promise<readonly string[]> {
  return (await engine(client, [...list, '-q', ...runnerFilter()])).split('\n').filter((id) => id !== '')
}
