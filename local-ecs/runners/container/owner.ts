import { hostname } from 'node:os'
import { type Engine, engine, type Inspected, inspect } from './engine.ts'
import { removeContainers } from './remove-containers.ts'

/** Every container and volume says who started it: what a killed run left behind is found by this. */
const PID_LABEL = 'fargate-login.local.owner-pid'
/** An engine may serve several machines, whose process IDs mean nothing to each other. */
const HOST_LABEL = 'fargate-login.local.owner-host'

export function ownerLabels(): readonly string[] {
  return ['--label', `${PID_LABEL}=${process.pid}`, '--label', `${HOST_LABEL}=${hostname()}`]
}

/** Removes the containers and volumes whose owner has gone without removing them. */
export async function removeLeftovers(client: Engine): Promise<void> {
  const ids = await ownedIds(client, ['ps', '-a'])
  const found = await Promise.all(ids.map((id) => inspect(client, id).catch(() => undefined)))
  const orphans = found.flatMap((container) =>
    container && isOrphan(container.Config.Labels) ? [container] : [],
  )
  // The youngest first: a container that others have their network from can only go after them.
  for (const { Id } of orphans.sort((a, b) => b.Created.localeCompare(a.Created))) {
    await removeContainers(client, [Id])
  }
  await removeLeftVolumes(client)
}

async function removeLeftVolumes(client: Engine): Promise<void> {
  for (const name of await ownedIds(client, ['volume', 'ls'])) {
    // It may have gone with its task by now.
    const labels = await engine(client, ['volume', 'inspect', '--format', '{{json .Labels}}', name]).catch(
      () => 'null',
    )
    if (!isOrphan(JSON.parse(labels) as Labels)) continue
    // One that somebody else uses stays, until the next start; the others need not.
    await engine(client, ['volume', 'rm', name]).catch(() => {})
  }
}

/** @param list the engine's command for it */
async function ownedIds(client: Engine, list: readonly string[]): Promise<readonly string[]> {
  const filter = ['--filter', `label=${PID_LABEL}`, '--filter', `label=${HOST_LABEL}=${hostname()}`]
  return (await engine(client, [...list, '-q', ...filter])).split('\n').filter((id) => id !== '')
}

type Labels = Inspected['Config']['Labels']

function isOrphan(labels: Labels): boolean {
  // podman lists volumes that have any of the labels.
  if (labels?.[HOST_LABEL] !== hostname()) return false
  const owner = Number(labels[PID_LABEL])
  return owner > 0 && !isAlive(owner)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It may be another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
