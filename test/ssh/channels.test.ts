import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Channel, Connection } from '../../cli/session/ports/ssh.ts'
import { makeSsh } from '../../cli/ssh/ssh.ts'
import { connectTo, type Sshd, startSshd } from '../helpers/sshd.ts'

const NEVER = new AbortController().signal
let sshd: Sshd

beforeAll(async () => {
  sshd = await startSshd(await makeSsh('ed25519').makeKeys())
})
afterAll(() => sshd[Symbol.asyncDispose]())

/** Nobody looks at stderr here. */
async function exec(connection: Connection, command: string): Promise<Channel> {
  const channel = await connection.open({ kind: 'exec', command }, NEVER)
  channel.stderr.resume()
  return channel
}

describe('one connection', () => {
  it('carries two programs and a dial side by side', async () => {
    const server = createServer((socket) => socket.end('dialled')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    await using connection = await connectTo(sshd)
    await using first = await exec(connection, 'read line; echo "first $line"; exit 3')
    await using second = await exec(connection, 'read line; echo "second $line"; exit 4')
    const dialled = await connection.dial({ host: '127.0.0.1', port }, NEVER)
    expect(await text(dialled)).toBe('dialled')
    second.stdin.end('b\n')
    expect(await text(second.stdout)).toBe('second b\n')
    expect(await second.ended).toEqual({ code: 4 })
    first.stdin.end('a\n')
    expect(await text(first.stdout)).toBe('first a\n')
    expect(await first.ended).toEqual({ code: 3 })
    server.close()
  })

  it('opens a subsystem', async () => {
    await using sftp = await startSshd(await makeSsh('ed25519').makeKeys(), ['Subsystem hello /bin/echo hi'])
    await using connection = await connectTo(sftp)
    await using channel = await connection.open({ kind: 'subsystem', name: 'hello' }, NEVER)
    expect(await text(channel.stdout)).toBe('hi\n')
  })

  it('refuses what the far end cannot dial, in its words', async () => {
    await using connection = await connectTo(sshd)
    await expect(connection.dial({ path: '/nowhere.sock' }, NEVER)).rejects.toMatchObject({
      code: 'forward-refused',
      message: expect.stringMatching(/^The task did not connect to \/nowhere\.sock: /),
    })
  })

  it('has the far end listen on a port of its choice, until that is disposed of', async () => {
    await using connection = await connectTo(sshd)
    const listener = await connection.listen(
      { host: '127.0.0.1', port: 0 },
      (bytes) => bytes.end('accepted'),
      NEVER,
    )
    expect(listener.at).toMatchObject({ host: '127.0.0.1', port: expect.any(Number) })
    expect(await text(await connection.dial(listener.at, NEVER))).toBe('accepted')
    await listener[Symbol.asyncDispose]()
    await expect(connection.dial(listener.at, NEVER)).rejects.toMatchObject({ code: 'forward-refused' })
  })

  it('lets the far end of a dial send more than the 2 MiB of ssh2 before anybody reads', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {}).write(Buffer.alloc(16 << 20))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    await using connection = await connectTo(sshd)
    const dialled = await connection.dial({ host: '127.0.0.1', port }, NEVER)
    while (dialled.readableLength < 4 << 20) await nextTurn()
    dialled.on('error', () => {}).destroy()
    server.close()
  })

  it('has the far end listen on a socket', async () => {
    await using connection = await connectTo(sshd)
    const path = join(sshd.directory, 'far.sock')
    await using listener = await connection.listen({ path }, (bytes) => bytes.end('accepted'), NEVER)
    expect(await text(await connection.dial(listener.at, NEVER))).toBe('accepted')
  })

  it('ends a program whose channel is disposed of, and goes on', async () => {
    await using connection = await connectTo(sshd)
    const channel = await exec(connection, 'echo up; cat; echo down >&2')
    await once(channel.stdout, 'data')
    await channel[Symbol.asyncDispose]()
    await using next = await exec(connection, 'echo still here')
    expect(await text(next.stdout)).toBe('still here\n')
  })

  it('that is lost says so to all that it carries, and nothing of the task', async () => {
    await using connection = await connectTo(sshd)
    await using channel = await exec(connection, 'echo $PPID; sleep 60')
    const [pid] = await once(channel.stdout, 'data')
    process.kill(Number(String(pid)), 'SIGKILL')
    await expect(channel.ended).rejects.toMatchObject({ code: 'connection-lost', hint: undefined })
    expect(connection.lost.reason).toMatchObject({ code: 'connection-lost' })
    await expect(exec(connection, 'true')).rejects.toMatchObject({ code: 'connection-lost' })
  })
})
