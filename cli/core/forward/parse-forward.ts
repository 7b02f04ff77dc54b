import type { Endpoint } from '../link/endpoint.ts'
import type { Forward } from './forward.ts'

/**
 * Parses ssh's syntax of -L, -R and -D: `[bind:]port:host:hostport`, with a socket's path in place of either end, and
 * IPv6 addresses in brackets.
 * @param kind `remote` without a destination is a SOCKS proxy for the task, as with ssh -R
 * @returns `undefined` if the text does not fit
 */
export function parseForward(kind: 'local' | 'remote' | 'dynamic', text: string): Forward | undefined {
  const words = splitWords(text)
  if (!words) return undefined
  const side = kind === 'remote' ? 'remote' : 'local'
  const alone = kind === 'local' ? undefined : takeListen(words)
  if (alone?.rest.length === 0) return { side, listen: alone.listen }
  if (kind === 'dynamic') return undefined
  for (const take of [takeListen, takePort]) {
    const taken = take(words)
    const to = taken && destination(taken.rest)
    if (taken && to) return { side, listen: taken.listen, to }
  }
  return undefined
}

/** What is left after the listening end. */
interface Taken {
  readonly listen: Endpoint
  readonly rest: readonly string[]
}

/** `bind:port`, or what {@link takePort} takes. */
function takeListen(words: readonly string[]): Taken | undefined {
  const [host, portText, ...rest] = words
  const port = portText === undefined ? undefined : portOf(portText)
  if (host === undefined || port === undefined || host.startsWith('/')) return takePort(words)
  const isPortAndNumber = portOf(host) !== undefined && rest.length === 1
  if (isPortAndNumber) return takePort(words)
  return { listen: { host: host === '*' ? '' : host, port }, rest }
}

/** A port of the loopback address, or a socket. */
function takePort([first, ...rest]: readonly string[]): Taken | undefined {
  if (first?.startsWith('/')) return { listen: { path: first }, rest }
  const port = first === undefined ? undefined : portOf(first)
  return port === undefined ? undefined : { listen: { host: 'localhost', port }, rest }
}

function destination([first, second, ...rest]: readonly string[]): Endpoint | undefined {
  if (first === undefined || rest.length > 0) return undefined
  if (second === undefined) return first.startsWith('/') ? { path: first } : undefined
  const port = portOf(second)
  return port ? { host: first, port } : undefined
}

/** Splits at colons outside of brackets. */
function splitWords(text: string): readonly string[] | undefined {
  const words = text.match(/\[[^\]]*\]|[^:[\]]+|(?<=^|:)(?=:|$)/g) ?? []
  const plain = words.map((word) => word.replace(/^\[|\]$/g, ''))
  if (words.join(':') !== text || plain.some((word) => /[\s\0]/.test(word))) return undefined
  // `:8080` listens on every address, as with ssh.
  return plain.every((word, at) => word !== '' || at === 0) ? plain : undefined
}

function portOf(text: string): number | undefined {
  const port = Number(text)
  return /^\d{1,5}$/.test(text) && port <= 65535 ? port : undefined
}
