import type { Endpoint } from '../../core/link/endpoint.ts'

/** @returns where an endpoint of this machine listens; `undefined` for any other */
export function loopbackOf(endpointUrl: string | undefined): Endpoint | undefined {
  if (endpointUrl === undefined) return undefined
  const { hostname, port, protocol } = new URL(endpointUrl)
  if (!/^(localhost$|127\.|\[::1\]$)/.test(hostname)) return undefined
  const usualPort = protocol === 'https:' ? 443 : 80
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? usualPort : Number(port) }
}
