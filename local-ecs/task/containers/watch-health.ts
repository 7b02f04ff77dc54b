import { type HealthCheck, healthCommand } from '../../account/health-check.ts'
import type { RunningContainer } from '../../runners/runner.ts'
import { pause } from '../pause.ts'
import type { TaskContainer } from '../task.ts'

/**
 * Runs the container's health check until the container or the task ends, and updates its `healthStatus`.
 * @returns a promise that resolves when the container is first healthy, or never
 */
export async function watchHealth(
  container: TaskContainer,
  running: RunningContainer,
  taskEnds: AbortSignal,
): Promise<'healthy'> {
  const { healthCheck } = container.definition
  const command = healthCheck && healthCommand(healthCheck)
  if (!healthCheck || !command) return new Promise(() => {})
  const ended = new AbortController()
  void running.exited.then(() => ended.abort())
  const signal = AbortSignal.any([ended.signal, taskEnds])
  return new Promise((resolve) => {
    const setStatus = (status: 'HEALTHY' | 'UNHEALTHY') => {
      container.healthStatus = status
      if (status === 'HEALTHY') resolve('healthy')
    }
    void check({ healthCheck, running, command, signal, setStatus })
  })
}

interface CheckInput {
  readonly healthCheck: HealthCheck
  readonly running: RunningContainer
  readonly command: readonly string[]
  readonly signal: AbortSignal
  readonly setStatus: (status: 'HEALTHY' | 'UNHEALTHY') => void
}

async function check({ healthCheck, running, command, signal, setStatus }: CheckInput): Promise<void> {
  const { interval, timeout, retries, startPeriod = 0 } = healthCheck
  const countedFrom = Date.now() + startPeriod * 1000
  let failures = 0
  for (let round = 0; !signal.aborted; round += 1) {
    // AbortSignal.timeout inside AbortSignal.any can be garbage-collected, and then never fires (seen with Node 20).
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), timeout * 1000)
    const isHealthy = await running.isHealthy(command, AbortSignal.any([signal, late.signal]))
    clearTimeout(timer)
    if (signal.aborted) return
    if (isHealthy) {
      failures = 0
      setStatus('HEALTHY')
      // ECS's first check comes one interval later. This early one saves that time, and its failure does not count.
    } else if (round > 0 && Date.now() >= countedFrom) {
      failures += 1
      if (failures >= retries) setStatus('UNHEALTHY')
    }
    await pause(interval * 1000, signal)
  }
}
