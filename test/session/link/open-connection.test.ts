import { describe, expect, it } from 'vitest'
import { FargateLoginError } from '../../../cli/core/error.ts'
import { openConnection, reopenConnection, type Target } from '../../../cli/session/link/open-connection.ts'
import { startTimeLimit } from '../../../cli/session/time-limit.ts'
import { fakePorts } from '../../helpers/fake-ports.ts'

const NEVER = new AbortController().signal
const TARGET: Target = {
  session: 'abcdefghijkl',
  reach: {
    container: 'app',
    route: { kind: 'tcp', host: '10.0.0.7', port: 2222, found: 'private' },
    userKey: 'SHA256:user',
    hostKey: { policy: 'verify', fingerprint: 'SHA256:host' },
  },
  privateKey: 'secret',
}

/** Fails so many times with each code, and then connects. */
function failingFirst(...codes: readonly ('connection-lost' | 'not-ssh' | 'host-key-mismatch')[]) {
  const left = [...codes]
  const { ports } = fakePorts()
  const { connect } = ports.ssh
  return fakePorts({
    connect: async (...args) => {
      const code = left.shift()
      if (code !== undefined) throw new FargateLoginError(code, `${code} on purpose`)
      return await connect(...args)
    },
  }).ports
}

describe('a connection that has been open', () => {
  it('is tried for through a captive portal and any number of dropped handshakes', async () => {
    const drops = Array.from({ length: 9 }, () => 'connection-lost' as const)
    const ports = failingFirst('not-ssh', ...drops)
    expect(await reopenConnection(TARGET, ports, NEVER)).toMatchObject({ user: 'app' })
  })

  it('is not tried for where another host answers', async () => {
    const ports = failingFirst('host-key-mismatch')
    await expect(reopenConnection(TARGET, ports, NEVER)).rejects.toMatchObject({
      code: 'host-key-mismatch',
    })
  })

  it('is told with what was in the way when the time is over', async () => {
    const ports = failingFirst(...Array.from({ length: 10_000 }, () => 'not-ssh' as const))
    using limit = startTimeLimit(0.05)
    await expect(reopenConnection(TARGET, ports, limit.signal)).rejects.toMatchObject({
      code: 'not-ssh',
      message: expect.stringMatching(/after 0.05 s. not-ssh on purpose/),
    })
  })
})

describe('a connection that has never been open', () => {
  it.each([
    ['not-ssh', 1],
    ['connection-lost', 5],
  ] as const)('is given up at %s, the %i. time', async (code, times) => {
    const failures = Array.from({ length: times }, () => code)
    await expect(openConnection(TARGET, failingFirst(...failures), NEVER)).rejects.toMatchObject({
      code,
    })
    const enough = failingFirst(...failures.slice(1))
    expect(await openConnection(TARGET, enough, NEVER)).toMatchObject({ user: 'app' })
  })
})
