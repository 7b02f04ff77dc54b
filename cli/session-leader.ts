import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** More generations than any shell nests. */
const GENERATIONS = 30

/**
 * The process that leads our POSIX session: the shell of the terminal, or a cron job.
 * @returns its PID, or `undefined` if we lead the session ourselves or its leader has ended
 */
export async function sessionLeader(): Promise<number | undefined> {
  const leader = process.platform === 'linux' ? await leaderFromProc() : await leaderFromPs()
  return leader === process.pid ? undefined : leader
}

/** Field 6 of proc(5)'s stat. Field 2, the name, may contain spaces and parentheses. It is 0 outside our namespace. */
async function leaderFromProc(): Promise<number | undefined> {
  const stat = await readFile('/proc/self/stat', 'utf8')
  const session = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3])
  return session > 0 ? session : undefined
}

/** For systems without /proc: the nearest ancestor that ps marks as a session leader. */
async function leaderFromPs(): Promise<number | undefined> {
  let pid = process.pid
  for (let generation = 0; generation < GENERATIONS && pid > 0; generation++) {
    const answer = await promisify(execFile)('ps', ['-o', 'ppid=,stat=', '-p', String(pid)]).catch(() => null)
    const [parent, state = ''] = answer?.stdout.trim().split(/\s+/) ?? []
    if (state.includes('s')) return pid
    pid = Number(parent ?? 0)
  }
  return undefined
}
