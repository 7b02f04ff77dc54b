import { createSocket, type Socket } from 'node:dgram'
import { createServer } from 'node:net'
import { NotPlaced } from './not-placed.ts'

/** An address that belongs to one task until it is released. */
export interface Claim {
  readonly address: string
  release(): Promise<void>
}

/** 127.0.0.1 belongs to the machine, so the first task gets 127.0.0.2. */
const OWN_ADDRESSES = Array.from({ length: 253 }, (_, index) => `127.0.0.${index + 2}`)

/**
 * Claims one 127.0.0.N that has all the ports free.
 * macOS has only 127.0.0.1 unless someone added aliases. There, one task per port can use 127.0.0.1 at a time.
 * @throws NotPlaced RESOURCE:ENI
 */
export async function claimOwnAddress(ports: readonly number[]): Promise<Claim> {
  for (const address of OWN_ADDRESSES) {
    const claim = await tryClaim(address, ports)
    if (claim === 'no-such-address') return claimAddress('127.0.0.1', ports, 'RESOURCE:ENI')
    if (claim !== 'in-use') return claim
  }
  throw new NotPlaced('RESOURCE:ENI', `port ${ports.join(', ')} is in use on every 127.0.0.N`)
}

/** @param reason the missing resource: an ENI for an awsvpc task, a port for one in host mode */
export async function claimAddress(
  address: string,
  ports: readonly number[],
  reason: 'RESOURCE:ENI' | 'RESOURCE:PORTS',
): Promise<Claim> {
  const claim = await tryClaim(address, ports)
  if (claim === 'in-use') throw new NotPlaced(reason, `port ${ports.join(', ')} of ${address} is in use`)
  if (claim === 'no-such-address') throw new NotPlaced(reason, `this machine has no address ${address}`)
  return claim
}

/**
 * Marks the claim with a UDP socket on the same port. TCP stays free for the task, and no other local ECS on the
 * machine takes the address before the task listens. A kill releases it as well.
 */
async function tryClaim(
  address: string,
  ports: readonly number[],
): Promise<Claim | 'in-use' | 'no-such-address'> {
  const marks: Socket[] = []
  const release = async () => {
    await Promise.all(marks.map((mark) => new Promise<void>((resolve) => mark.close(() => resolve()))))
  }
  try {
    for (const port of ports) {
      marks.push(await bindUdp(address, port))
      await checkTcp(address, port)
    }
    return { address, release }
  } catch (error) {
    await release()
    switch ((error as NodeJS.ErrnoException).code) {
      case 'EADDRINUSE':
      case 'EACCES':
        return 'in-use'
      case 'EADDRNOTAVAIL':
      case 'EAFNOSUPPORT':
        return 'no-such-address'
      default:
        throw error
    }
  }
}

function bindUdp(address: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
    socket.once('error', (error) => socket.close(() => reject(error)))
    socket.bind({ address, port, exclusive: true }, () => resolve(socket.unref()))
  })
}

function checkTcp(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()))
  })
}
