/** ECS takes CPU units or vCPUs. @param text e.g. `1024`, `1 vCPU`, `.5 vcpu` @returns CPU units */
export function parseCpu(text: string): number | undefined {
  return parseSize(text, 'vcpu')
}

/** ECS takes MiB or GB. @param text e.g. `2048`, `2GB`, `0.5 GB` @returns MiB */
export function parseMemory(text: string): number | undefined {
  return parseSize(text, 'gb')
}

/** Both of ECS's large units are 1024 of its small ones. */
const UNIT = 1024

function parseSize(text: string, unit: string): number | undefined {
  const [, number, found] = /^(\d+|\d*\.\d+)(?: ?([a-z]+))?$/i.exec(text.trim()) ?? []
  if (number === undefined || (found !== undefined && found.toLowerCase() !== unit)) return undefined
  const size = Number(number) * (found === undefined ? 1 : UNIT)
  return Number.isSafeInteger(size) && size > 0 ? size : undefined
}
