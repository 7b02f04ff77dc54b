import { closeSync, openSync, readSync } from 'node:fs'

/** Holds what /proc/cpuinfo says of the first core. */
const FIRST_CORE_BYTES = 8192

/** Whether this machine's processor has AES instructions. Only Linux lists them; elsewhere every processor has them. */
export function hasAesHardware(cpuinfoFile = '/proc/cpuinfo'): boolean {
  const features = /^(?:flags|Features)\s*:(.*)$/m.exec(firstBytes(cpuinfoFile))?.[1]
  return features === undefined || /\baes\b/.test(features)
}

function firstBytes(file: string): string {
  try {
    const descriptor = openSync(file, 'r')
    try {
      const bytes = Buffer.alloc(FIRST_CORE_BYTES)
      return bytes.toString('latin1', 0, readSync(descriptor, bytes))
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return ''
  }
}
