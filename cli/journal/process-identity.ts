import { execFile } from 'node:child_process'
import { readFile, readlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { promisify } from 'node:util'
import type { OwnerProcess } from '../core/journal/journal-entry.ts'
import type { Here } from '../core/journal/owner-state.ts'

/** Our own process, as another one can recognise it later. */
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

/** When the process began, in the system's own words; `undefined` when there is none, or only its remains. */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  return process.platform === 'linux' ? await startTimeFromProc(pid) : await startTimeFromPs(pid)
}

/** Field 22 of proc(5)'s stat, in clock ticks since boot. The name, field 2, may hold spaces and parentheses. */
export async function startTimeFromProc(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
  return state === 'Z' || state === 'X' ? undefined : fields[18]
}

/** Where there is no /proc. In one language and time zone, because the answer is compared as text. */
export async function startTimeFromPs(pid: number): Promise<string | undefined> {
  const options = { env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/bin:/usr/bin' } }
  const answer = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], options).catch(
    () => null,
  )
  return answer?.stdout.trim() || undefined
}
