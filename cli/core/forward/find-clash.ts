import type { Endpoint } from '../link/endpoint.ts'
import type { Forward } from './forward.ts'

/** @returns the first forward that listens where an earlier one does */
export function findClash(forwards: readonly Forward[]): Forward | undefined {
  return forwards.find((forward, at) => forwards.slice(0, at).some((earlier) => clash(forward, earlier)))
}

function clash(one: Forward, other: Forward): boolean {
  return one.side === other.side && isSamePlace(one.listen, other.listen)
}

/** Port 0 takes a free one, so two of them never clash. */
function isSamePlace(one: Endpoint, other: Endpoint): boolean {
  if ('path' in one || 'path' in other) return 'path' in one && 'path' in other && one.path === other.path
  return one.port === other.port && one.port !== 0 && hostsMeet(one.host, other.host)
}

/** An empty host is every address. `localhost` is both 127.0.0.1 and ::1. */
function hostsMeet(one: string, other: string): boolean {
  return (
    one === other || one === '' || other === '' || isLoopbackPair(one, other) || isLoopbackPair(other, one)
  )
}

function isLoopbackPair(name: string, address: string): boolean {
  return name === 'localhost' && (address === '127.0.0.1' || address === '::1')
}
