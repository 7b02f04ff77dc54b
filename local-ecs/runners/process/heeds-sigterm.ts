import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'

/** In milliseconds. A shell sets its trap within this time, even on a busy machine. */
const TIME_LIMIT_MS = 1_000

/** Bit N-1 stands for signal N. */
const SIGTERM_BIT = 1n << 14n

/**
 * Waits until the process catches SIGTERM and has reached its final program. The entrypoint consists of two shells; a
 * SIGTERM between them would end it and leave its keys behind. The wait is short, because some never catch it. Linux
 * only.
 * @param script the last shell's script; `undefined` if the entrypoint is a single shell
 */
export async function heedsSigterm(pid: number, script: string | undefined): Promise<void> {
  const deadline = Date.now() + TIME_LIMIT_MS
  while ((await isUnready(pid, script)) && Date.now() < deadline) await setTimeout(5)
}

async function isUnready(pid: number, script: string | undefined): Promise<boolean> {
  const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')
  const [status, commandLine] = await Promise.all([read('status'), read('cmdline')])
  const caught = /^SigCgt:\s*([0-9a-f]+)$/m.exec(status)?.[1]
  if (caught === undefined) return false
  if (script !== undefined && !commandLine.includes(script)) return true
  return (BigInt(`0x${caught}`) & SIGTERM_BIT) === 0n
}
