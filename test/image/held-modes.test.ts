import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { engineForTests } from '../helpers/container.ts'
import { makeKeys } from './helpers/keys.ts'
import { type Server, startServer } from './helpers/server.ts'

const client = await engineForTests()

describe.runIf(client)('a held terminal', () => {
  const keys = makeKeys()
  let server: Server

  beforeAll(async () => {
    if (client) server = await startServer(client, keys)
  })
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
    keys[Symbol.dispose]()
  })

  async function modes(name: string, words: string): Promise<string> {
    const { stdout, status } = await server.ssh('stty -a', {
      options: ['-tt', '-o', 'SendEnv=FARGATE_LOGIN_HOLD FARGATE_LOGIN_STTY'],
      environment: { FARGATE_LOGIN_HOLD: name, FARGATE_LOGIN_STTY: words },
    })
    expect(status).toBe(0)
    return stdout
  }

  test('gets the modes that the client sends', async () => {
    const shown = await modes('first', 'erase 008 eol undef -ixon -iutf8')
    expect(shown).toMatch(/erase = \^H;.* eol = <undef>;/s)
    expect(shown).toMatch(/\s-ixon\s/)
    expect(shown).toMatch(/\s-iutf8\s/)
  })

  test('gets those that are usual where the client sends none, or something else', async () => {
    const usual = await modes('second', '')
    expect(usual).toMatch(/erase = \^\?;.*\sixon\s.*\siutf8\s/s)
    expect(await modes('third', 'nonsense 1')).toBe(usual)
    expect(await modes('fourth', '-ixon; touch /tmp/there')).toBe(usual)
    expect(await modes('fifth', '--file there -ixon')).toBe(usual)
    expect((await server.ssh('ls /tmp/there')).status).not.toBe(0)
  })

  test('says in a line of its own what goes wrong', async () => {
    const { stdout, status } = await server.ssh('true', {
      options: ['-tt', '-o', 'SendEnv=FARGATE_LOGIN_HOLD'],
      environment: { FARGATE_LOGIN_HOLD: 'nobody:again' },
    })
    expect(stdout).toMatch(/^\r+\nfargate-login: the program is not held here any more\.\r+\n$/)
    expect(status).toBe(69)
  })
})
