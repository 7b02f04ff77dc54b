import { hostname } from 'node:os'
import { type Engine, engine, type Inspected, inspect } from './engine.ts'
import { removeContainers } from './remove-containers.ts'

/** Every container says who started it: what a killed run left behind is found by this. */
const PID_LABEL = 'fargate-login.local.owner-pid'
/** An engine may serve several machines, whose process IDs mean nothing to each other. */
const HOST_LABEL = 'fargate-login.local.owner-host'

export function ownerLabels(): readonly string[] {
  return ['--label', `${PID_LABEL}=${process.pid}`, '--label', `${HOST_LABEL}=${hostname()}`]
}

/** Removes the containers whose owner has gone without removing them. */
export async function removeLeftovers(client: Engine): Promise<void> {
  const filter = ['--filter', `label=${PID_LABEL}`, '--filter', `label=${HOST_LABEL}=${hostname()}`]
  const ids = (await engine(client, ['ps', '-aq', ...filter])).split('\n').filter((id) => id !== '')
  const found = await Promise.all(ids.map((id) => inspect(client, id).catch(() => undefined)))
  const orphans = found.flatMap((container) => (container && isOrphan(container) ? [container] : []))
  // The youngest first: a container that others have their network from can only go after them.
  for (const { Id } of orphans.sort((a, b) => b.Created.localeCompare(a.Created))) {
    await removeContainers(client, [Id])
  }
}

function isOrphan({ Config }: Inspected): boolean {
  const owner = Number(Config.Labels?.[PID_LABEL])
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
