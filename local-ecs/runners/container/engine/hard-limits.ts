import { readFile } from 'node:fs/promises'

export interface HardLimits {
  /** Open files. */
  readonly nofile: number
  /** Processes. */
  readonly nproc: number
}

/** The limit that an engine sets for a container. A process can lower its hard limits but never raise them. */
const ENGINES_OWN = 1_048_576

/** The hard limits of this process; `undefined` if they are unlimited or the system does not show them. */
export async function hardLimits(): Promise<HardLimits | undefined> {
  const { nofile = Number.POSITIVE_INFINITY, nproc = Number.POSITIVE_INFINITY } = await hardLimitsByName()
  if (nofile >= ENGINES_OWN && nproc >= ENGINES_OWN) return undefined
  // podman lowers its own limit to the number of process IDs, and cannot raise it again.
  const pids = Number(await readFile('/proc/sys/kernel/pid_max', 'utf8').catch(() => ENGINES_OWN))
  return { nofile: Math.min(nofile, ENGINES_OWN), nproc: Math.min(nproc, pids, ENGINES_OWN) }
}

/** Docker's names, and the kernel's. */
const NAMES = {
  core: 'Max core file size',
  cpu: 'Max cpu time',
  data: 'Max data size',
  fsize: 'Max file size',
  locks: 'Max file locks',
  memlock: 'Max locked memory',
  msgqueue: 'Max msgqueue size',
  nice: 'Max nice priority',
  nofile: 'Max open files',
  nproc: 'Max processes',
  rss: 'Max resident set',
  rtprio: 'Max realtime priority',
  rttime: 'Max realtime timeout',
  sigpending: 'Max pending signals',
  stack: 'Max stack size',
} as const

/** All limits of this process that the system shows, by docker's names. */
export async function hardLimitsByName(): Promise<Readonly<Record<string, number>>> {
  const table = await readFile('/proc/self/limits', 'utf8').catch(() => '')
  return Object.fromEntries(Object.entries(NAMES).map(([name, line]) => [name, hardLimit(table, line)]))
}

/** A line is `name  soft  hard  unit`. */
function hardLimit(table: string, name: string): number {
  const line = table.split('\n').find((candidate) => candidate.startsWith(name))
  const hard = line?.slice(name.length).trim().split(/\s+/)[1]
  return hard === undefined || hard === 'unlimited' ? Number.POSITIVE_INFINITY : Number(hard)
}
