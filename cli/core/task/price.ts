import type { TaskSize } from './task-definition.ts'

// us-east-1 list prices of November 2026 for Linux on Fargate, in US dollars per hour. For display only:
// https://aws.amazon.com/fargate/pricing/
const VCPU_HOUR = { X86_64: 0.04048, ARM64: 0.03238 } as const
const GB_HOUR = { X86_64: 0.004445, ARM64: 0.00356 } as const
const PUBLIC_IPV4_HOUR = 0.005
const MINIMUM_SECONDS = 60

/** US cents an hour at us-east-1 list price, without storage, traffic and Spot discount. */
export function centsPerHour(size: TaskSize, publicIpv4: boolean): number {
  const dollars =
    (size.cpuUnits / 1024) * VCPU_HOUR[size.architecture] +
    (size.memoryMib / 1024) * GB_HOUR[size.architecture] +
    (publicIpv4 ? PUBLIC_IPV4_HOUR : 0)
  return dollars * 100
}

/** US cents for a task that ran this long. Fargate bills by the second, with a minimum of one minute. */
export function centsFor(perHour: number, seconds: number): number {
  return (perHour * Math.max(MINIMUM_SECONDS, seconds)) / 3600
}

/** `about $0.0004`: two significant digits are enough, because it is a list price anyway. */
export function formatCents(cents: number): string {
  const dollars = cents / 100
  const digits = dollars === 0 ? 2 : Math.max(2, 1 - Math.floor(Math.log10(dollars)))
  return `$${dollars.toFixed(Math.min(digits, 6))}`
}
