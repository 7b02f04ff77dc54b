import { describe, expect, it } from 'vitest'
import { FargateLoginError } from '../../cli/core/error.ts'
import { attachSession } from '../../cli/session/attach.ts'
import { hostKeyMismatch, refusedLogin } from '../../cli/ssh/login-errors.ts'
import { type FakeCalls, fakePorts } from '../helpers/fake-ports.ts'
import { fakeTerminal } from '../helpers/fake-terminal.ts'
import { DETACHED } from '../helpers/noted.ts'
import { RUNNING_TASK } from '../helpers/values.ts'

const NEVER = new AbortController().signal
const STOPPED = {
  ...RUNNING_TASK,
  desiredStatus: 'STOPPED',
  lastStatus: 'STOPPED',
  stoppedReason: 'Your Spot Task was interrupted.',
}

async function attaching(replace: Partial<FakeCalls> = {}) {
  const { ports, log } = fakePorts({ features: ['hold'], ...replace })
  const outcome = await attachSession(DETACHED, fakeTerminal(), ports, NEVER).catch((error: unknown) => error)
  return { outcome, log }
}

describe('attach', () => {
  it("ends with the program's exit status, and stops the task then", async () => {
    const { outcome, log } = await attaching({ run: async () => ({ code: 6 }) })
    expect(outcome).toBe(6)
    expect(log).toContain('stopTask')
    expect(log).toContain('journal: removed')
  })

  it.each([
    ['ECS does not know it', undefined],
    ['it stops', STOPPED],
  ])('says that the task has ended when %s, and forgets the session', async (_, task) => {
    const { outcome, log } = await attaching({ describeTask: async () => task })
    expect(outcome).toMatchObject({ code: 'session-unknown' })
    expect(log).toContain('journal: removed')
    expect(log).not.toContain('connect')
  })

  it('tells why the task was stopped under it', async () => {
    let attended = false
    const { outcome, log } = await attaching({
      run: (_program, signal) => {
        attended = true
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      },
      describeTask: async () => (attended ? STOPPED : RUNNING_TASK),
    })
    expect(outcome).toMatchObject({ code: 'task-stopped', message: expect.stringContaining('Spot Task') })
    expect(log).not.toContain('stopTask')
  })

  it('leaves the task running when the user types ~., with 0', async () => {
    const { outcome, log } = await attaching({
      run: async () => {
        throw new FargateLoginError('disconnected-by-user', 'Disconnected (~.).')
      },
    })
    expect(outcome).toBe(0)
    expect(log).toContain(
      `note: Session ${DETACHED.session} is still running. Return to it with:\nfargate-login attach ${DETACHED.session}`,
    )
    expect(log).not.toContain('stopTask')
    expect(log).not.toContain('journal: removed')
  })

  it('leaves the task running when the connection is lost in the question whether the program still runs', async () => {
    const { outcome, log } = await attaching({
      run: async ({ environment }) => {
        if (!environment?.FARGATE_LOGIN_HOLD?.endsWith(':state')) return { code: 0 }
        throw new FargateLoginError('connection-lost', 'gone')
      },
    })
    expect(outcome).toMatchObject({ code: 'connection-lost' })
    expect(log).not.toContain('stopTask')
    expect(log).not.toContain('journal: removed')
  })

  it('says how to end a session whose key is damaged, without trying to connect', async () => {
    const { ports, log } = fakePorts({ features: ['hold'] })
    const ssh = {
      ...ports.ssh,
      checkKey: () => {
        throw new FargateLoginError('authentication-failed', 'damaged')
      },
    }
    await expect(attachSession(DETACHED, fakeTerminal(), { ...ports, ssh }, NEVER)).rejects.toMatchObject({
      code: 'authentication-failed',
      hint: expect.stringMatching(new RegExp(`without its key.*\nfargate-login stop ${DETACHED.session}$`)),
    })
    expect(log).not.toContain('connect')
  })

  it('says so if the key in the file is of another session, without trying to connect', async () => {
    const { ports, log } = fakePorts({ features: ['hold'] })
    const ssh = { ...ports.ssh, checkKey: () => 'SHA256:other' }
    await expect(attachSession(DETACHED, fakeTerminal(), { ...ports, ssh }, NEVER)).rejects.toMatchObject({
      code: 'authentication-failed',
      message: expect.stringMatching(
        /^\w+\.key has the key SHA256:other, but session \w+ takes only SHA256:user\.$/,
      ),
      hint: expect.stringMatching(new RegExp(`fargate-login stop ${DETACHED.session}$`)),
    })
    expect(log).not.toContain('connect')
  })

  it.each([
    refusedLogin({ host: '10.0.0.7', user: 'app', owner: 'app', isNamed: true, userKey: 'SHA256:user' }),
    hostKeyMismatch('10.0.0.7', 'SHA256:a', 'SHA256:b'),
    new FargateLoginError('not-ssh', 'It does not speak SSH.', { hint: 'Check --port.' }),
  ])('names no option that it lacks: $code', async (error) => {
    const connect = async () => {
      throw error
    }
    const { outcome } = await attaching({ connect })
    expect(outcome).toMatchObject({ code: error.code, message: error.message })
    const { hint } = outcome as FargateLoginError
    expect(hint).not.toContain('--')
    expect(hint).toMatch(new RegExp(`\nSession ${DETACHED.session} is still running\\. Return to it with:\n`))
  })

  it('leaves the task running when the connection is lost, and says how to come back', async () => {
    const { outcome, log } = await attaching({
      run: async () => {
        throw new FargateLoginError('connection-lost', 'gone')
      },
    })
    expect(outcome).toMatchObject({
      code: 'connection-lost',
      hint: expect.stringContaining(`fargate-login attach ${DETACHED.session}`),
    })
    expect(log).not.toContain('stopTask')
  })
})
