import { type Engine, engine, inspect } from './engine.ts'
import { removeContainers } from './remove-containers.ts'
import { hasLostRunner, type Labels, runnerFilter } from './runner-labels.ts'

/** Removes the containers and volumes of processes that have gone without removing them. */
export async function removeLeftovers(client: Engine): Promise<void> {
  const ids = await labelledIds(client, ['ps', '-a'])
  const found = await Promise.all(ids.map((id) => inspect(client, id).catch(() => undefined)))
  const leftovers = found.flatMap((container) =>
    container && hasLostRunner(container.Config.Labels) ? [container] : [],
  )
  // The youngest first: a container that others have their network from can only go after them.
  for (const { Id } of leftovers.sort((a, b) => b.Created.localeCompare(a.Created))) {
    await removeContainers(client, [Id])
  }
  await removeLeftVolumes(client)
}

async function removeLeftVolumes(client: Engine): Promise<void> {
  for (const name of await labelledIds(client, ['volume', 'ls'])) {
    // It may have gone with its task by now.
    const labels = await engine(client, ['volume', 'inspect', '--format', '{{json .Labels}}', name]).catch(
      () => 'null',
    )
    if (!hasLostRunner(JSON.parse(labels) as Labels)) continue
    // A volume that is in use stays until the next start. It does not keep the others.
    await engine(client, ['volume', 'rm', name]).catch(() => {})
  }
}

/** @param list the engine's command for it */
async function labelledIds(client: Engine, list: readonly string[]): Promise<readonly string[]> {
  return (await engine(client, [...list, '-q', ...runnerFilter()])).split('\n').filter((id) => id !== '')
}
