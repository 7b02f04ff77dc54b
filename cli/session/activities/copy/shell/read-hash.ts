import type { Answer } from './remote-shell.ts'

/** Reads `SIZE HASH  -`; `undefined` if the task could not compute it. */
export function readHash({ stdout }: Answer): { readonly size: number; readonly hash: string } | undefined {
  const [, size, hash] = /^(\d+) ([0-9a-f]{64})\b/.exec(stdout) ?? []
  return size === undefined || hash === undefined ? undefined : { size: Number(size), hash }
}
