import { type ChildProcess, spawn } from 'node:child_process'
import { afterAll, describe, expect, test } from 'vitest'
import { engineForTests } from '../helpers/container.ts'
import { makeKeys } from './helpers/keys.ts'
import { type Server, startServer } from './helpers/server.ts'
import { sshArguments } from './helpers/ssh.ts'

const client = await engineForTests()

describe.runIf(client)('a client that vanished', () => {
  const keys = makeKeys()
  afterAll(() => keys[Symbol.dispose]())

  function start(environment: Readonly<Record<string, string>>): Promise<Server> {
    if (!client) throw new Error('no engine')
    return startServer(client, keys, { environment: { FARGATE_LOGIN_LINGER: '1', ...environment } })
  }

  async function connected(server: Server, args: readonly string[]): Promise<ChildProcess> {
    const options = [...sshArguments(server, keys, {}), `root@${server.host}`, ...args]
    const child = spawn('ssh', options, { stdio: 'ignore' })
    await server.log.until(/^fargate-login: connect /)
    return child
  }

  test.each([
    ['an idle session', '4', ['sleep 1000']],
    ['a session that prints without end', '6', ['yes']],
    ['a connection without a session', '8', ['-N']],
  ])('is noticed within FARGATE_LOGIN_CLIENT_TIMEOUT seconds, in %s', async (_, timeout, args) => {
    await using server = await start({ FARGATE_LOGIN_CLIENT_TIMEOUT: timeout })
    const vanished = await connected(server, args)
    try {
      vanished.kill('SIGSTOP')
      const since = Date.now()
      await server.log.until(/^fargate-login: disconnect user=root from=\S+ reason="no answer"/)
      // What is beyond is the time that this machine takes.
      expect(Date.now() - since).toBeLessThan(Number(timeout) * 1000 + 1500)
      expect(await server.log.ended).toBe(0)
      const ends = server.log.lines.filter((line) => line.startsWith('fargate-login: end '))
      expect(ends).toEqual(['fargate-login: end reason="nobody has been connected for 1 s" status=0'])
    } finally {
      vanished.kill('SIGKILL')
    }
  })

  test('is not one that does nothing but answer', async () => {
    await using server = await start({ FARGATE_LOGIN_CLIENT_TIMEOUT: '4' })
    expect(await server.ssh('sleep 9; echo still here')).toMatchObject({ stdout: 'still here\n', status: 0 })
  })
})
