import type { Endpoint } from '../link/endpoint.ts'

/** A database URL of the task, and its counterpart for this machine. */
export interface DatabaseUrl {
  readonly to: Endpoint
  /** The same URL with another host and port. */
  at(listen: { readonly host: string; readonly port: number }): string
}

/** The ports of servers whose URLs usually leave them out. */
const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  postgres: 5432,
  postgresql: 5432,
  postgis: 5432,
  mysql: 3306,
  mysql2: 3306,
  trilogy: 3306,
  mariadb: 3306,
  redis: 6379,
  rediss: 6379,
  valkey: 6379,
  mongodb: 27017,
  amqp: 5672,
  amqps: 5671,
  sqlserver: 1433,
  clickhouse: 9000,
  http: 80,
  https: 443,
}

/** @returns the reason if there is nothing to forward to; the reason names no part of the URL, which holds a password */
export function parseDatabaseUrl(text: string): DatabaseUrl | string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*@)?([^/?#@]*)([/?#].*)?$/is.exec(text.trim())
  if (!match) return 'it is not a URL'
  const [, scheme = '', account = '', authority = '', rest = ''] = match
  const place = /^(\[[^\]]+\]|[^:,[\]]+)(?::(\d+))?$/.exec(authority)
  if (!place?.[1]) return authority === '' ? 'it names no host' : 'it names several hosts, or an unusual one'
  const port = Number(place[2] ?? DEFAULT_PORTS[scheme.toLowerCase()])
  if (!(port > 0 && port <= 65535)) return `it names no port, and ${scheme} has no usual one`
  return {
    to: { host: place[1].replace(/^\[|\]$/g, ''), port },
    at: (listen: { readonly host: string; readonly port: number }) =>
      `${scheme}://${account}${listen.host}:${listen.port}${rest}`,
  }
}

/** Hides the password of a URL. */
export function maskPassword(url: string): string {
  return url.replace(/^([^:]+:\/\/[^/?#]*?):[^/?#]*@/, '$1:***@')
}
