import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { carry } from '../../../cli/session/activities/proxy.ts'

/** A connection to a server, and ssh's end of it. */
async function start(serve: (socket: Socket) => void) {
  const server = createServer({ allowHalfOpen: true }, serve).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const bytes = connect({ port, host: '127.0.0.1' })
  const [stdin, stdout] = [new PassThrough(), new PassThrough()]
  let signal: ((name: NodeJS.Signals) => void) | undefined
  const signals = {
    divert: (listener: (name: NodeJS.Signals) => void) => {
      signal = listener
      return { [Symbol.dispose]: () => {} }
    },
  }
  const { signal: unaborted } = new AbortController()
  const carried = carry(bytes, { stdin, stdout, stderr: new PassThrough() }, signals, unaborted)
  return {
    ...{ stdin, stdout, bytes, carried },
    signal: (name: NodeJS.Signals) => signal?.(name),
    [Symbol.dispose]: () => void server.close(),
  }
}

describe('carry', () => {
  it('gives the answer whole to a client that has sent everything', async () => {
    const answer = Buffer.alloc(3_000_000, 'a')
    using ssh = await start((socket) => socket.resume().on('end', () => socket.end(answer)))
    ssh.stdin.end('question')
    const [received] = await Promise.all([buffer(ssh.stdout), ssh.carried.then(() => ssh.stdout.end())])
    expect(received.equals(answer)).toBe(true)
  })

  it('tells a lost network', async () => {
    using ssh = await start((socket) => socket.resetAndDestroy())
    await expect(ssh.carried).rejects.toMatchObject({ code: 'connection-lost' })
  })

  it.each(['SIGHUP', 'SIGTERM'] as const)('ends at %s, by which ssh ends its ProxyCommand', async (name) => {
    using ssh = await start((socket) => socket.resume().on('error', () => {}))
    await once(ssh.bytes, 'connect')
    ssh.signal(name)
    await ssh.carried
    expect(ssh.bytes.destroyed).toBe(true)
  })

  it('leaves Ctrl-C to ssh', async () => {
    using ssh = await start((socket) => socket.end('still here'))
    ssh.signal('SIGINT')
    const [received] = await Promise.all([buffer(ssh.stdout), ssh.carried.then(() => ssh.stdout.end())])
    expect(received.toString()).toBe('still here')
  })
})
