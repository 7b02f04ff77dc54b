import { describe, expect, it } from 'vitest'
import { FargateLoginError } from '../../../cli/core/error.ts'
import type { RemoteRequest } from '../../../cli/core/plan/remote-request.ts'
import { prepareSession } from '../../../cli/session/plan/prepare.ts'
import { runSession } from '../../../cli/session/run.ts'
import { type FakeCalls, fakePorts } from '../../helpers/fake-ports.ts'
import { CONFIG } from '../../helpers/values.ts'

const NEVER = new AbortController().signal

/** The first connection breaks; `requests` is what each was asked to run. */
async function breaking(remote: RemoteRequest, replace: Partial<FakeCalls> = {}, reconnect = 5) {
  const requests: RemoteRequest[] = []
  const { ports, log } = fakePorts({
    run: async (request, _terminal, _signal, onOutput) => {
      requests.push(request)
      onOutput?.(11)
      if (requests.length === 1) throw new FargateLoginError('connection-lost', 'The connection broke.')
      return { code: 7 }
    },
    ...replace,
  })
  const preparation = { config: { ...CONFIG, reconnect }, remote, version: '0', localUser: 'me' }
  const outcome = await prepareSession(preparation, ports, NEVER)
    .then((prepared) => runSession(prepared, ports, NEVER))
    .catch((error: unknown) => error)
  const warnings = log.filter((line) => line.startsWith('warning: '))
  return { outcome, requests, warnings, stops: log.filter((line) => line === 'stopTask').length }
}

describe('a connection that breaks', () => {
  it('comes back to a terminal that the image holds, from the byte on that came last', async () => {
    const { outcome, requests, stops } = await breaking({ pty: true }, { features: ['hold'] })
    expect(outcome).toBe(7)
    const [first, second] = requests.map(({ environment }) => environment?.FARGATE_LOGIN_HOLD)
    expect(first).toMatch(/^[a-z2-7]{12}$/)
    expect(second).toBe(`${first}:from=11`)
    expect(stops).toBe(1)
  })

  it('comes back to a new shell, and says so, where the image can hold none', async () => {
    const { outcome, requests, warnings } = await breaking({ pty: true }, { features: [] })
    expect(outcome).toBe(7)
    expect(requests).toEqual([{ pty: true }, { pty: true }])
    expect(warnings.at(-1)).toMatch(/in a new shell of the same task/)
  })

  it.each([
    ['a command without a terminal', { command: 'rake', pty: false }, 5],
    ['a command on a terminal that nobody holds', { command: 'rake', pty: true }, 5],
    ['a shell with --reconnect 0', { pty: true }, 0],
  ])('does not run %s twice', async (_, remote, reconnect) => {
    const { outcome, requests, stops } = await breaking(remote, { features: [] }, reconnect)
    expect(outcome).toMatchObject({ code: 'connection-lost', message: 'The connection broke.' })
    expect(requests).toHaveLength(1)
    expect(stops).toBe(1)
  })

  it('and does not come back in time ends the session and its task', async () => {
    let opened = 0
    const { connect } = fakePorts().ports.ssh
    const { outcome, stops } = await breaking(
      { pty: true },
      {
        features: ['hold'],
        connect: async (...args) => {
          if (opened++ > 0) throw new FargateLoginError('connection-silent', 'Nothing answers.')
          const { user } = await connect(...args)
          const lost = new FargateLoginError('connection-lost', 'The connection broke.')
          return {
            user,
            features: new Set(['hold']),
            run: () => Promise.reject(lost),
            [Symbol.asyncDispose]: async () => {},
          }
        },
      },
      0.05,
    )
    expect(outcome).toMatchObject({
      code: 'connection-lost',
      message: expect.stringMatching(/did not come back within 0\.05 s: .*Nothing answers\./),
      hint: expect.stringContaining('--reconnect'),
    })
    expect(stops).toBe(1)
  })
})
