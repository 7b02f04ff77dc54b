import { startTimeOf } from './journal/process-identity.ts'

/** Identifies a process beyond the life of its number: `PID@START`, the start time in the system's own format. */
export async function identifyProcess(pid: number): Promise<string> {
  return `${pid}@${(await startTimeOf(pid)) ?? ''}`
}

/** @returns the PID, or `undefined` if that process has ended */
export async function findProcess(identity: string): Promise<number | undefined> {
  const [, number = '', startTime = ''] = /^(\d+)@(.+)$/.exec(identity) ?? []
  if (startTime === '') return undefined
  return (await startTimeOf(Number(number))) === startTime ? Number(number) : undefined
}
