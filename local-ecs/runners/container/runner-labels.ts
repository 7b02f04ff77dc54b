import { hostname } from 'node:os'
import type { ContainerInfo } from './engine/engine.ts'

/** Every container and volume names the process that started it: `removeLeftovers` finds by this what a killed one left. */
const PID_LABEL = 'fargate-login.local.runner-pid'
/** An engine may serve several machines, whose process IDs mean nothing to each other. */
const HOST_LABEL = 'fargate-login.local.runner-host'

/** For `run` and `volume create`. */
export function runnerLabels(): readonly string[] {
  return ['--label', `${PID_LABEL}=${process.pid}`, '--label', `${HOST_LABEL}=${hostname()}`]
}

/** For `ps` and `volume ls`: what processes of this machine started, whether they run or not. */
export function runnerFilter(): readonly string[] {
  return ['--filter', `label=${PID_LABEL}`, '--filter', `label=${HOST_LABEL}=${hostname()}`]
}

export type Labels = ContainerInfo['Config']['Labels']

/** Whether the process that started the thing with these labels has gone. */
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
    // It may be another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
