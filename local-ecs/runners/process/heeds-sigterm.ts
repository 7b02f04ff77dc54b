import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'

/** Milliseconds. A shell that is going to set a trap does it in this time, also on a busy machine. */
const PATIENCE = 1_000

/** Bit N-1 stands for signal N. */
const SIGTERM_BIT = 1n << 14n

/**
 * Waits until the process catches SIGTERM and is what it will stay. The entrypoint consists of two shells, and between
 * them a SIGTERM would just end it and leave its keys. Not for long, it may never want to. Linux only.
 * @param script the last shell's script; `undefined` for an entrypoint of one shell
 */
export async function heedsSigterm(pid: number, script: string | undefined): Promise<void> {
  const deadline = Date.now() + PATIENCE
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
