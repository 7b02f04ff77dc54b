import type { ContainerExit, RunningContainer } from '../runner.ts'

/** A container that is reported as running, and is not there: the process runner runs the one with sshd only. */
export function idleContainer(name: string): RunningContainer {
  let end: (exit: ContainerExit) => void = () => {}
  const exited = new Promise<ContainerExit>((resolve) => {
    end = resolve
  })
  return {
    runtimeId: `not-run-${name}`,
    exited,
    terminate: async () => end({ code: 143, lastWords: [] }),
    kill: async () => end({ code: 137, lastWords: [] }),
  }
}
