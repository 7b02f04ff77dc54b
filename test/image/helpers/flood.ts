import { connect, type Socket } from 'node:net'
import type { SshServer } from './ssh.ts'

export interface Flood extends Disposable {
  /** How many are connected, as far as this machine knows. */
  readonly open: number
  readonly reopened: number
}

/** What is sent on each connection. A timer for what is sent later is cleared with the connection. */
export type Opening = (socket: Socket) => NodeJS.Timeout | undefined

export const silence: Opening = () => undefined

/** A byte of a banner every two seconds. */
export const trickle: Opening = (socket) => {
  const banner = `SSH-2.0-slow${'w'.repeat(200)}`
  let sent = 0
  return setInterval(() => socket.write(banner[sent++ % banner.length] ?? 'w'), 2_000)
}

export interface FloodInput {
  readonly connections: number
  /** Addresses of this machine's loopback from which they come, in turn; this machine's own if absent. */
  readonly addresses?: readonly string[]
  readonly opening?: Opening
}

/** The first so many addresses from 127.1.0.1 on. */
export function loopbackAddresses(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `127.1.${index >> 7}.${(index % 128) + 1}`)
}

/** Connections without a key, each opened again when it is dropped. */
export function startFlood(
  { host, port }: SshServer,
  { connections, addresses, opening = silence }: FloodInput,
): Flood {
  const sockets = new Set<Socket>()
  let open = 0
  let reopened = 0
  let isOver = false
  function openOne(localAddress: string | undefined) {
    if (isOver) return
    const socket = connect({ host, port, ...(localAddress !== undefined && { localAddress }) })
    let timer: NodeJS.Timeout | undefined
    let isOpen = false
    sockets.add(socket)
    socket.resume()
    socket.on('error', () => {})
    socket.on('connect', () => {
      isOpen = true
      open++
      timer = opening(socket)
    })
    socket.on('close', () => {
      clearInterval(timer)
      if (isOpen) open--
      sockets.delete(socket)
      reopened++
      setTimeout(() => openOne(localAddress), 10)
    })
  }
  for (let index = 0; index < connections; index++) openOne(addresses?.[index % addresses.length])
  return {
    get open() {
      return open
    },
    get reopened() {
      return reopened
    },
    [Symbol.dispose]() {
      isOver = true
      for (const socket of sockets) socket.destroy()
    },
  }
}
