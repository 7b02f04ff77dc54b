import { hostname } from 'node:os'
import type { ContainerInfo } from './engine/engine.ts'

/** Marks each container and volume with the process that started it, so that `removeLeftovers` finds a killed one's. */
const PID_LABEL = 'fargate-login.local.runner-pid'
/** An engine can serve several machines, and process IDs only count on their own. */
const HOST_LABEL = 'fargate-login.local.runner-host'

/** For `run` and `volume create`. */
export function runnerLabels(): readonly string[] {
  return ['--label', `${PID_LABEL}=${process.pid}`, '--label', `${HOST_LABEL}=${hostname()}`]
}

/** For `ps` and `volume ls`: selects what processes of this machine started, running or not. */
export function runnerFilter(): readonly string[] {
  return ['--filter', `label=${PID_LABEL}`, '--filter', `label=${HOST_LABEL}=${hostname()}`]
}

export type Labels = ContainerInfo['Config']['Labels']

/** Whether the process that started the object with these labels is gone. */
export function hasLostRunner(labels: Labels): boolean {
  // podman lists volumes that have any of the labels.
  if (labels?.[HOST_LABEL] !== hostname()) return false
  const pid = Number(labels[PID_LABEL])
  return pid > 0 && !isAlive(pid)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // The process may belong to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
