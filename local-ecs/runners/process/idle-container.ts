import type { ContainerExit, RunningContainer } from '../runner.ts'

const WELL: ContainerExit = { code: 0, lastLines: [] }

/**
 * A container that is reported as running but does not exist, because the process runner only runs the one with sshd.
 * @param isStep other containers wait for its end, so it succeeds at once
 */
export function idleContainer(name: string, isStep: boolean): RunningContainer {
  let end: (exit: ContainerExit) => void = () => {}
  const exited = new Promise<ContainerExit>((resolve) => {
    end = resolve
  })
  if (isStep) end(WELL)
  return {
    runtimeId: `not-run-${name}`,
    exited,
    isHealthy: async () => true,
    terminate: async () => end({ code: 143, lastLines: [] }),
    kill: async () => end({ code: 137, lastLines: [] }),
  }
}
