import { execFile } from 'node:child_process'
import { readFile, readlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { promisify } from 'node:util'
import type { OwnerProcess } from '../core/journal/journal-entry.ts'
import type { Here } from '../core/journal/owner-state.ts'

/** Identifies our own process, so that another one can recognise it later. */
export async function identify(): Promise<OwnerProcess> {
  const { pid } = process
  const [here, startTime] = await Promise.all([surroundings(), startTimeOf(pid)])
  return { pid, startTime: startTime ?? '', ...here }
}

export async function surroundings(): Promise<Here> {
  const [bootId, pidNamespace] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => undefined),
    readlink('/proc/self/ns/pid').catch(() => undefined),
  ])
  return {
    host: hostname(),
    ...(bootId !== undefined && { bootId: bootId.trim() }),
    ...(pidNamespace !== undefined && { pidNamespace }),
  }
}

/** The start time in the system's own format; `undefined` if there is no such process, or only a zombie. */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  return process.platform === 'linux' ? await startTimeFromProc(pid) : await startTimeFromPs(pid)
}

/** Field 22 of proc(5)'s stat, in clock ticks since boot. Field 2, the name, may contain spaces and parentheses. */
export async function startTimeFromProc(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
  return state === 'Z' || state === 'X' ? undefined : fields[18]
}

/** For systems without /proc. The locale and time zone are fixed, because the result is compared as text. */
export async function startTimeFromPs(pid: number): Promise<string | undefined> {
  const options = { env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/bin:/usr/bin' } }
  const answer = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], options).catch(
    () => null,
  )
  return answer?.stdout.trim() || undefined
}
