import { readdir, readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'

/** Milliseconds for a killed process to disappear. */
const TIME_LIMIT_MS = 1_000

/**
 * Kills background processes of a session, which in a container would end with the task. Sessions leave the
 * entrypoint's process group, so this finds them by the task's HOSTNAME in their environment. Linux only.
 */
export async function killLeftovers(taskId: string): Promise<void> {
  const deadline = Date.now() + TIME_LIMIT_MS
  for (;;) {
    const pids = await processesOf(taskId)
    if (pids.length === 0 || Date.now() > deadline) return
    pids.forEach(kill)
    await setTimeout(10)
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has already ended.
  }
}

async function processesOf(taskId: string): Promise<readonly number[]> {
  const entries = await readdir('/proc').catch(() => [])
  const pids = entries.filter((name) => /^\d+$/.test(name)).map(Number)
  const belongs = await Promise.all(pids.map((pid) => carries(pid, `HOSTNAME=${taskId}`)))
  return pids.filter((_, index) => belongs[index])
}

async function carries(pid: number, variable: string): Promise<boolean> {
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
  return environment.split('\0').includes(variable)
}
