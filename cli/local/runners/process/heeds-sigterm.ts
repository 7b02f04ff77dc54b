import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'

/** Milliseconds. A shell that is going to set a trap does it in this time. */
const PATIENCE = 200

/** Bit N-1 stands for signal N. */
const SIGTERM_BIT = 1n << 14n

/**
 * Waits until the process catches SIGTERM, as the entrypoint does to remove its keys: between the two shells that it
 * consists of a SIGTERM would just end it. Not for long, it may never want to. Linux only.
 */
export async function heedsSigterm(pid: number): Promise<void> {
  const deadline = Date.now() + PATIENCE
  while ((await isUncaught(pid)) && Date.now() < deadline) await setTimeout(5)
}

async function isUncaught(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const caught = /^SigCgt:\s*([0-9a-f]+)$/m.exec(status)?.[1]
  return caught !== undefined && (BigInt(`0x${caught}`) & SIGTERM_BIT) === 0n
}
