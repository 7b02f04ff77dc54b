import type { ChildProcess } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'

/** Kills the child's process group, which contains everything that it started and that has not left the group. */
export function killGroup(child: ChildProcess): void {
  signalGroup(child, 'SIGKILL')
}

/** Waits until the group is empty or the time is up. */
export async function groupEnds(child: ChildProcess, milliseconds: number): Promise<void> {
  const deadline = Date.now() + milliseconds
  while (signalGroup(child, 0) && Date.now() < deadline) await setTimeout(50)
}

/** @returns whether the group has a process */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  try {
    return pid !== undefined && process.kill(-pid, signal)
  } catch {
    return false
  }
}
