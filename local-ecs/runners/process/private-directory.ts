import { readFile, rm } from 'node:fs/promises'

/** The name that mktemp gives it for the entrypoint. */
const NAME = /\/fargate-login\.\w{8}$/

/** The directory with the entrypoint's keys, from a variable of its second shell. Linux only. */
export async function privateDirectory(pid: number): Promise<string | undefined> {
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
  const entry = environment.split('\0').find((one) => one.startsWith('private='))
  const path = entry?.slice('private='.length)
  return path !== undefined && NAME.test(path) ? path : undefined
}

/** A container's keys disappear with it. On this machine, they stay if the entrypoint is killed before its clean-up. */
export async function removePrivateDirectory(path: string | undefined): Promise<void> {
  if (path !== undefined) await rm(path, { recursive: true, force: true })
}
