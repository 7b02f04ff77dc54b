import { readFile } from 'node:fs/promises'

export interface HardLimits {
  /** Open files. */
  readonly nofile: number
  /** Processes. */
  readonly nproc: number
}

/** What an engine sets for a container; a process may lower its hard limits and never raise them. */
const ENGINES_OWN = 1_048_576

/** The hard limits of this process, or undefined where they are unlimited or the system does not show them. */
export async function hardLimits(): Promise<HardLimits | undefined> {
  const table = await readFile('/proc/self/limits', 'utf8').catch(() => '')
  const nofile = hardLimit(table, 'Max open files')
  const nproc = hardLimit(table, 'Max processes')
  if (nofile >= ENGINES_OWN && nproc >= ENGINES_OWN) return undefined
  // podman lowers its own limit to the number of process IDs that there are, and cannot go back.
  const pids = Number(await readFile('/proc/sys/kernel/pid_max', 'utf8').catch(() => ENGINES_OWN))
  return { nofile: Math.min(nofile, ENGINES_OWN), nproc: Math.min(nproc, pids, ENGINES_OWN) }
}

/** A line is `name  soft  hard  unit`. */
function hardLimit(table: string, name: string): number {
  const line = table.split('\n').find((candidate) => candidate.startsWith(name))
  const hard = line?.slice(name.length).trim().split(/\s+/)[1]
  return hard === undefined || hard === 'unlimited' ? Number.POSITIVE_INFINITY : Number(hard)
}
