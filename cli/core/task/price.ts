import type { TaskSize } from './task-definition.ts'

// us-east-1 list prices of November 2026 for Linux on Fargate, in US dollars per hour. For display only:
// https://aws.amazon.com/fargate/pricing/
const VCPU_HOUR = { X86_64: 0.04048, ARM64: 0.03238 } as const
const GB_HOUR = { X86_64: 0.004445, ARM64: 0.00356 } as const
const PUBLIC_IPV4_HOUR = 0.005
const MINIMUM_SECONDS = 60

/** A part of a price: `0.25 vCPU`, in US cents an hour. */
export interface PricePart {
  readonly what: string
  readonly centsPerHour: number
}

/** The us-east-1 list price by its parts, without storage, traffic and Spot discount. */
export function priceParts(size: TaskSize, publicIpv4: boolean): readonly PricePart[] {
  const { cpuUnits, memoryMib, architecture } = size
  const vcpu = cpuUnits / 1024
  const gb = memoryMib / 1024
  const arm = architecture === 'ARM64' ? ' (ARM)' : ''
  return [
    { what: `${vcpu} vCPU${arm}`, centsPerHour: vcpu * VCPU_HOUR[architecture] * 100 },
    { what: `${gb} GB`, centsPerHour: gb * GB_HOUR[architecture] * 100 },
    ...(publicIpv4 ? [{ what: 'public IPv4', centsPerHour: PUBLIC_IPV4_HOUR * 100 }] : []),
  ]
}

/** US cents an hour, the sum of the parts. */
export function centsPerHour(size: TaskSize, publicIpv4: boolean): number {
  return priceParts(size, publicIpv4).reduce((sum, part) => sum + part.centsPerHour, 0)
}

/** US cents for a task that ran this long. Fargate bills by the second, with a minimum of one minute. */
export function centsFor(perHour: number, seconds: number): number {
  return (perHour * Math.max(MINIMUM_SECONDS, seconds)) / 3600
}

/** `about $0.0012`, and why a short task costs as much as a minute. */
export function costText(perHour: number, seconds: number): string {
  const cost = `about ${formatCents(centsFor(perHour, seconds))}`
  return seconds < MINIMUM_SECONDS ? `${cost} (Fargate bills at least one minute)` : cost
}

/** `$0.0004`: two significant digits are enough, because it is a list price anyway. */
export function formatCents(cents: number): string {
  const dollars = cents / 100
  const digits = dollars === 0 ? 2 : Math.max(2, 1 - Math.floor(Math.log10(dollars)))
  return `$${dollars.toFixed(Math.min(digits, 6))}`
}

/** `$0.0101`: the parts of a price need the digits that its sum does not. */
export function formatPart(cents: number): string {
  return `$${Number((cents / 100).toFixed(4))}`
}
