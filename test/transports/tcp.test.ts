import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createConnection, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { TcpRoute } from '../../cli/core/link/reach.ts'
import { dialTcp } from '../../cli/transports/tcp.ts'

const NEVER = new AbortController().signal

function routeTo(port: number): TcpRoute {
  return { kind: 'tcp', host: '127.0.0.1', port, found: 'private', securityGroups: ['sg-1', 'sg-2'] }
}

/** A stopped process with a full backlog: the kernel drops every further SYN, as a security group does. */
async function startBlackHole() {
  const script = `const s = require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 },
    () => { console.log(s.address().port); process.kill(process.pid, 'SIGSTOP') })`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data')
  const port = Number(String(line))
  const fillers = Array.from({ length: 4 }, () => createConnection(port, '127.0.0.1').on('error', () => {}))
  await Promise.all(fillers.slice(0, 2).map((socket) => once(socket, 'connect')))
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of fillers) socket.destroy()
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

describe('a TCP route', () => {
  it('is refused where nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    server.close()
    await once(server, 'close')
    await expect(dialTcp(routeTo(port), 500, NEVER)).rejects.toMatchObject({ code: 'connection-refused' })
  })

  it('is silent when packets get lost, and names the security groups and the port', async () => {
    await using hole = await startBlackHole()
    await expect(dialTcp(routeTo(hole.port), 200, NEVER)).rejects.toMatchObject({
      code: 'connection-silent',
      hint: expect.stringMatching(`sg-1, sg-2.* TCP ${hole.port} .*VPN`),
    })
  })
})
