import { describe, expect, it } from 'vitest'
import type { Config } from '../../../cli/core/config/config.ts'
import { FargateLoginError } from '../../../cli/core/error.ts'
import type { TaskContainer, TaskSnapshot } from '../../../cli/core/task/task.ts'
import type { TaskDefinition } from '../../../cli/core/task/task-definition.ts'
import { prepareSession } from '../../../cli/session/plan/prepare.ts'
import { runSession } from '../../../cli/session/run.ts'
import { type FakeCalls, fakePorts } from '../../helpers/fake-ports.ts'
import { fakeTerminal } from '../../helpers/fake-terminal.ts'
import { attending, CONFIG, DEFINITION, RUNNING_TASK, TYPED } from '../../helpers/values.ts'

const NEVER = new AbortController().signal
const CAPABLE = { linuxParameters: { capabilities: { add: ['SYS_PTRACE'] } } }
const PAIR: TaskDefinition = {
  ...DEFINITION,
  containers: [
    { name: 'shell', image: 'sshd', labels: {} },
    { name: 'app', image: 'web', labels: {} },
  ],
  document: {
    ...DEFINITION.document,
    pidMode: 'task',
    containerDefinitions: [{ name: 'shell', image: 'sshd', ...CAPABLE }, { name: 'app' }],
  },
}
const ENTER: Config = { ...CONFIG, container: 'shell', enter: 'app' }

function taskWith(app: Partial<TaskContainer>): TaskSnapshot {
  return { ...RUNNING_TASK, containers: [{ name: 'app', ports: [], ...app }] }
}

async function login(replace: Partial<FakeCalls>, { cancel = NEVER, timeout = 300, definition = PAIR } = {}) {
  const { ports, log } = fakePorts({ describeTaskDefinition: async () => definition, ...replace })
  const config = { ...ENTER, timeout }
  const preparation = {
    config,
    activity: attending({ pty: false }),
    version: '0',
    localUser: 'me',
    typed: TYPED,
  }
  const outcome = await prepareSession(preparation, ports, cancel)
    .then((prepared) => runSession(prepared, fakeTerminal(), ports, cancel))
    .catch((error: unknown) => error)
  const warnings = log.filter((line) => line.startsWith('warning: '))
  return { outcome, log, warnings, stops: log.filter((line) => line === 'stopTask').length }
}

describe('a session that enters a neighbour', () => {
  it('waits until it runs, and asks for it by its runtime ID', async () => {
    const asked: unknown[] = []
    let calls = 0
    const { outcome, warnings, log } = await login({
      describeTask: async () =>
        taskWith(++calls < 3 ? { lastStatus: 'PENDING' } : { lastStatus: 'RUNNING', runtimeId: 'abc-1' }),
      run: async ({ environment }) => {
        asked.push(environment)
        return { code: 0 }
      },
    })
    expect(outcome).toBe(0)
    expect(asked).toEqual([{ FARGATE_LOGIN_ENTER: 'app:abc-1' }])
    // A spinner that goes on would paint over the session.
    expect(log.slice(log.indexOf('session: Waiting for container app to run') + 1)).toContain(
      'session done: Container app is running',
    )
    expect(warnings).toEqual([])
  })

  it('is not opened by an sshd that would leave it in the wrong container', async () => {
    const { ports } = fakePorts()
    const { outcome, log, stops } = await login({
      describeTask: async () => taskWith({ lastStatus: 'RUNNING', runtimeId: 'abc-1' }),
      connect: async (...args) => ({ ...(await ports.ssh.connect(...args)), features: new Set<never>() }),
    })
    expect(outcome).toMatchObject({
      code: 'session-refused',
      hint: expect.stringContaining('Rebuild the image'),
    })
    expect(log).not.toContain('run')
    expect(stops).toBe(1)
  })

  it('ends at once, with the reason, when the neighbour has ended', async () => {
    const { outcome, stops } = await login({
      describeTask: async () => taskWith({ lastStatus: 'STOPPED', exitCode: 1, reason: 'OutOfMemoryError' }),
    })
    expect(outcome).toMatchObject({
      code: 'session-refused',
      message: 'Container app has ended: exit code 1, OutOfMemoryError',
    })
    expect(stops).toBe(1)
  })

  it('waits no longer than --timeout', async () => {
    const { outcome, stops } = await login(
      { describeTask: async () => taskWith({ lastStatus: 'PENDING' }) },
      { timeout: 0.05 },
    )
    expect(outcome).toMatchObject({
      code: 'time-out',
      message: expect.stringContaining('Container app did not start within'),
    })
    expect(stops).toBe(1)
  })

  it('stops the task once when the user cancels while it waits', async () => {
    const cancel = new AbortController()
    const reason = new FargateLoginError('cancelled', 'Ended by SIGINT.', { exitCode: 130 })
    let connected = false
    const { ports } = fakePorts()
    const { outcome, stops } = await login(
      {
        connect: (...args) => {
          connected = true
          return ports.ssh.connect(...args)
        },
        describeTask: async () => {
          if (connected) queueMicrotask(() => cancel.abort(reason))
          return taskWith({ lastStatus: 'PENDING' })
        },
      },
      { cancel: cancel.signal },
    )
    expect(outcome).toBe(reason)
    expect(stops).toBe(1)
  })
})
