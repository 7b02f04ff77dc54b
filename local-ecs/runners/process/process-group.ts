import type { ChildProcess } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'

/** The child leads a process group of its own: what it starts is in it, as long as that does not leave it. */
export function killGroup(child: ChildProcess): void {
  signalGroup(child, 'SIGKILL')
}

/** Waits until the group is empty, or the time is over. */
export async function groupEnds(child: ChildProcess, milliseconds: number): Promise<void> {
  const deadline = Date.now() + milliseconds
  while (signalGroup(child, 0) && Date.now() < deadline) await setTimeout(50)
}

/** @returns whether a process is in it */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  try {
    return pid !== undefined && process.kill(-pid, signal)
  } catch {
    return false
  }
}
