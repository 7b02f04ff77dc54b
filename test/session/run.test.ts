import { describe, expect, it } from 'vitest'
import { type ErrorCode, FargateLoginError } from '../../cli/core/error.ts'
import { prepareSession } from '../../cli/session/plan/prepare.ts'
import { runSession } from '../../cli/session/run.ts'
import { startTask } from '../../cli/session/task/start-task.ts'
import { type FakeCalls, fakePorts } from '../helpers/fake-ports.ts'
import { fakeTerminal } from '../helpers/fake-terminal.ts'
import { attending, CONFIG, RUNNING_TASK, TYPED } from '../helpers/values.ts'

const NEVER = new AbortController().signal

async function runAll(replace: Partial<FakeCalls> = {}, cancel: AbortSignal = NEVER, timeout = 300) {
  const { ports, log } = fakePorts(replace)
  const preparation = {
    config: { ...CONFIG, timeout },
    activity: attending({ command: 'true', pty: false }),
    version: '0',
    localUser: 'me',
    typed: TYPED,
  }
  const outcome = await prepareSession(preparation, ports, cancel)
    .then((prepared) => runSession(prepared, fakeTerminal(), ports, cancel))
    .catch((error: unknown) => error)
  return { outcome, log, stops: log.filter((line) => line === 'stopTask').length }
}

function failing(code: ErrorCode, exitCode?: number): () => Promise<never> {
  return async () => {
    throw new FargateLoginError(code, `${code} on purpose`, { exitCode })
  }
}

function hanging(): (...args: readonly unknown[]) => Promise<never> {
  return (...args) =>
    new Promise((_, reject) => {
      const signal = args.find((argument) => argument instanceof AbortSignal)
      signal?.addEventListener('abort', () => reject(signal.reason))
    })
}

const COLOURFUL = { ...RUNNING_TASK, desiredStatus: 'STOPPED', lastStatus: 'STOPPED' }

describe('the flow', () => {
  it('goes from plan to exit status, and stops the task after the connection', async () => {
    const { outcome, log } = await runAll({ run: async () => ({ code: 44 }) })
    expect(outcome).toBe(44)
    const calls = log.filter((line) => !line.includes(':') && line !== 'describeTask')
    expect(calls.slice(-6)).toEqual(['runTask', 'publicIp', 'connect', 'run', 'disconnect', 'stopTask'])
  })

  it('maps a remote signal to 128+N', async () => {
    expect((await runAll({ run: async () => ({ signal: 'TERM' }) })).outcome).toBe(143)
  })

  it('notes the session before RunTask, then its task, and forgets it when the stop is confirmed', async () => {
    const { log } = await runAll()
    const order = log.filter((line) => /^(journal: .*|runTask|stopTask)$/.test(line))
    const noted = `journal: ${RUNNING_TASK.arn}`
    expect(order).toEqual(['journal: intent', 'runTask', noted, 'stopTask', 'journal: removed'])
  })

  it.each([
    ['is refused', 'aws-refused', true],
    ['finds no place', 'task-not-placed', true],
    ['does not answer', 'aws-unreachable', false],
  ] as const)('when RunTask %s (%s), forgets the session: %s', async (_, code, forgets) => {
    const { log } = await runAll({ runTask: failing(code) })
    expect(log.includes('journal: removed')).toBe(forgets)
  })

  it('keeps the note when an answer was lost and the next request is refused', async () => {
    const answers = [failing('aws-unreachable'), failing('aws-refused')]
    const { log } = await runAll({ runTask: async () => await (answers.shift() ?? failing('internal'))() })
    expect(log).not.toContain('journal: removed')
  })

  it('keeps the note when the stop cannot be confirmed', async () => {
    const { outcome, log } = await runAll({ stopTask: failing('aws-refused') })
    expect(outcome).toMatchObject({ code: 'stop-unconfirmed' })
    expect(log).not.toContain('journal: removed')
  })

  it('runs nothing when the plan cannot be made', async () => {
    const { outcome, log } = await runAll({ describeTaskDefinition: failing('aws-refused') })
    expect(outcome).toMatchObject({ code: 'aws-refused' })
    expect(log).not.toContain('runTask')
  })

  it('asks AWS nothing when the environment is too long for ECS', async () => {
    const { ports, log } = fakePorts()
    const config = { ...CONFIG, environment: { HUGE: 'x'.repeat(8000) } }
    const preparation = {
      config,
      activity: attending({ pty: false }),
      version: '0',
      localUser: 'me',
      typed: TYPED,
    }
    await expect(prepareSession(preparation, ports, NEVER)).rejects.toMatchObject({
      code: 'overrides-too-long',
    })
    expect(log).toEqual([])
  })

  it('keeps the way out of a refusal that follows a lost answer', async () => {
    const refused = new FargateLoginError('aws-refused', 'expired', { hint: 'Sign in again.' })
    const answers: unknown[] = [new FargateLoginError('aws-unreachable', 'no answer'), refused]
    const { outcome } = await runAll({
      runTask: async () => {
        throw answers.shift()
      },
    })
    expect(outcome).toMatchObject({
      code: 'aws-refused',
      hint: expect.stringMatching(/^Sign in again\.\nA task may/),
    })
  })

  it('goes on without STS, as the local user', async () => {
    const { outcome, log } = await runAll({ callerArn: failing('aws-unreachable') })
    expect(outcome).toBe(0)
    expect(log).toContain('stopTask')
  })

  const failures: readonly (readonly [string, Partial<FakeCalls>, ErrorCode])[] = [
    ['the states cannot be read', { describeTask: failing('aws-refused') }, 'aws-refused'],
    ['the address is refused', { publicIp: failing('internal') }, 'internal'],
    ['the host key is another one', { connect: failing('host-key-mismatch') }, 'host-key-mismatch'],
    ['the key is refused', { connect: failing('authentication-failed') }, 'authentication-failed'],
    ['the peer speaks no SSH', { connect: failing('not-ssh') }, 'not-ssh'],
    ['the peer drops us again and again', { connect: failing('connection-lost') }, 'connection-lost'],
    ['no session is opened', { run: failing('session-refused') }, 'session-refused'],
    ['the connection breaks', { run: failing('connection-lost') }, 'connection-lost'],
    ['a bug strikes', { run: failing('internal') }, 'internal'],
  ]
  it.each(failures)('stops the task once when %s', async (_, replace, code) => {
    const { outcome, stops } = await runAll(replace)
    expect(outcome).toMatchObject({ code })
    expect(stops).toBe(1)
  })
})

describe('the time limit', () => {
  it('ends in a hint that names the container when nothing listens', async () => {
    const { outcome, stops } = await runAll({ connect: failing('connection-refused') }, NEVER, 0.05)
    expect(outcome).toMatchObject({
      code: 'connection-refused',
      message: expect.stringMatching(/No usable connection after 0.05 s/),
      hint: expect.stringMatching(/container app/),
    })
    expect(stops).toBe(1)
  })

  it("ends in the transport's own hint when nothing answers", async () => {
    const silent = new FargateLoginError('connection-silent', 'No answer.', { hint: 'The security group?' })
    const { outcome } = await runAll({ connect: () => Promise.reject(silent) }, NEVER, 0.05)
    expect(outcome).toMatchObject({
      code: 'connection-silent',
      message: 'No usable connection after 0.05 s. No answer.',
      hint: 'The security group?',
    })
  })

  it('says which address never came', async () => {
    const { outcome, stops } = await runAll(
      { describeTask: async () => ({ ...RUNNING_TASK, networkInterface: {} }) },
      NEVER,
      0.05,
    )
    expect(outcome).toMatchObject({ code: 'address-missing' })
    expect(stops).toBe(1)
  })
})

describe('a task that goes away', () => {
  it('ends the start with its reason, and is not stopped again', async () => {
    const { outcome, log } = await runAll({
      describeTask: async () => ({ ...COLOURFUL, stoppedReason: 'CannotPullContainerError: i/o timeout' }),
      connect: hanging(),
    })
    expect(outcome).toMatchObject({
      code: 'task-stopped',
      message: expect.stringContaining('CannotPullContainerError: i/o timeout'),
      hint: expect.stringContaining('NAT'),
    })
    expect(log).not.toContain('stopTask')
  })

  it('ends a session that hangs', async () => {
    let session = false
    const { outcome } = await runAll({
      run: (...args) => {
        session = true
        return hanging()(...args)
      },
      describeTask: async () =>
        session
          ? { ...COLOURFUL, stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' }
          : RUNNING_TASK,
    })
    expect(outcome).toMatchObject({ code: 'task-stopped', message: expect.stringContaining('Spot Task') })
  })

  it('explains a connection that broke', async () => {
    let broken = false
    const { outcome } = await runAll({
      run: async () => {
        broken = true
        throw new FargateLoginError('connection-lost', 'gone')
      },
      describeTask: async () => (broken ? { ...COLOURFUL, stoppedReason: 'out of sockets' } : RUNNING_TASK),
    })
    expect(outcome).toMatchObject({
      code: 'task-stopped',
      message: expect.stringContaining('out of sockets'),
    })
  })

  it('explains a session that a stop ended with a signal', async () => {
    let over = false
    const { outcome } = await runAll({
      run: async () => {
        over = true
        return { signal: 'HUP' }
      },
      describeTask: async () => (over ? { ...COLOURFUL, stopCode: 'UserInitiated' } : RUNNING_TASK),
    })
    expect(outcome).toMatchObject({ code: 'task-stopped' })
  })
})

describe('trouble that passes', () => {
  it('survives MISSING and throttling while the task starts', async () => {
    let calls = 0
    const { outcome } = await runAll({
      describeTask: async () => {
        calls++
        if (calls < 4) return undefined
        if (calls < 8) throw new FargateLoginError('aws-unreachable', 'ThrottlingException')
        return RUNNING_TASK
      },
    })
    expect(outcome).toBe(0)
    expect(calls).toBeGreaterThanOrEqual(8)
  })

  it('tries again while sshd is not up', async () => {
    let tries = 0
    const { ports } = fakePorts()
    const { outcome } = await runAll({
      connect: (...args) => (++tries < 5 ? failing('connection-refused')() : ports.ssh.connect(...args)),
    })
    expect(outcome).toBe(0)
    expect(tries).toBe(5)
  })

  it('takes the private address where EC2 may not be asked', async () => {
    const { outcome, log } = await runAll({ publicIp: failing('aws-refused') })
    expect(outcome).toBe(0)
    expect(log).toContain("address done: The task's address is 10.0.0.7 (private)")
  })
})

describe('a cancel', () => {
  const steps = ['describeTaskDefinition', 'describeTask', 'publicIp', 'connect', 'run'] as const
  it.each(steps)('in %s ends with its own status and leaves no task', async (step) => {
    const cancel = new AbortController()
    const reason = new FargateLoginError('cancelled', 'Ended by SIGINT.', { exitCode: 130 })
    const { outcome, log, stops } = await runAll(
      {
        [step]: (...args: readonly unknown[]) => {
          queueMicrotask(() => cancel.abort(reason))
          return hanging()(...args)
        },
      },
      cancel.signal,
    )
    expect(outcome).toBe(reason)
    expect(stops).toBe(log.includes('runTask') ? 1 : 0)
  })

  it('while RunTask is on its way waits for its answer, and stops that task', async () => {
    const cancel = new AbortController()
    const { outcome, stops } = await runAll(
      {
        runTask: async () => {
          cancel.abort(new FargateLoginError('cancelled', 'Ended by SIGTERM.', { exitCode: 143 }))
          await new Promise((resolve) => setImmediate(resolve))
          return RUNNING_TASK
        },
      },
      cancel.signal,
    )
    expect(outcome).toMatchObject({ code: 'cancelled', exitCode: 143 })
    expect(stops).toBe(1)
  })
})

describe('RunTask whose answer never comes', () => {
  const { arn } = RUNNING_TASK

  it('is told with the task that it had started, which is stopped', async () => {
    const { outcome, stops } = await runAll({
      runTask: failing('aws-unreachable'),
      listTasks: async () => [arn],
    })
    expect(outcome).toMatchObject({
      code: 'aws-unreachable',
      hint: expect.stringMatching(/^Task \w+ had been started anyway; it has been stopped\. Try again\.$/),
    })
    expect(stops).toBe(1)
  })

  it('is looked for also when the next request is refused, and the refusal is told', async () => {
    const answers = [failing('aws-unreachable'), failing('aws-refused')]
    const { outcome, stops, log } = await runAll({
      runTask: async () => await (answers.shift() ?? failing('internal'))(),
      listTasks: async () => [arn],
    })
    expect(outcome).toMatchObject({ code: 'aws-refused', hint: expect.stringMatching(/it has been stopped/) })
    expect(stops).toBe(1)
    expect(log).toContain('journal: removed')
  })

  it('is not looked for when the first request is refused', async () => {
    const { log } = await runAll({ runTask: failing('aws-refused') })
    expect(log).not.toContain('listTasks')
  })

  it('is told with the command that finds the task, where ECS lists none or may not be asked', async () => {
    for (const listTasks of [async () => [], failing('aws-refused')]) {
      const { outcome, stops, log } = await runAll({ runTask: failing('aws-unreachable'), listTasks })
      expect(outcome).toMatchObject({
        code: 'aws-unreachable',
        hint: expect.stringMatching(/aws ecs list-tasks --cluster \S+ --started-by fargate-login\//),
      })
      expect(stops).toBe(0)
      expect(log.filter((line) => line.startsWith('journal: '))).toEqual([
        'journal: intent',
        'journal: launch unconfirmed',
      ])
    }
  })

  it('is looked for again, as ECS lists a new task late', async () => {
    let asked = 0
    const { stops } = await runAll({
      runTask: failing('aws-unreachable'),
      listTasks: async () => (++asked < 3 ? [] : [arn]),
    })
    expect(stops).toBe(1)
  })
})

describe('the reads', () => {
  it('that hang end with the time limit, and start nothing', async () => {
    const { outcome, log } = await runAll({ describeTaskDefinition: hanging() }, NEVER, 0.05)
    expect(outcome).toMatchObject({ code: 'aws-unreachable', hint: expect.stringMatching(/try again/) })
    expect(log).not.toContain('runTask')
  })

  it('of a task that are not answered are the reason why no address came', async () => {
    const { outcome } = await runAll({ describeTask: hanging() }, NEVER, 0.05)
    expect(outcome).toMatchObject({
      code: 'aws-unreachable',
      message: 'No usable connection after 0.05 s. ecs:DescribeTasks has not been answered.',
    })
  })
})

describe('the stop', () => {
  it('that fails tells how the session ended', async () => {
    const { ports } = fakePorts({ stopTask: failing('aws-refused') })
    const activity = attending({ command: 'true', pty: false })
    const preparation = { config: CONFIG, activity, version: '0', localUser: 'me', typed: TYPED }
    const { plan } = await prepareSession(preparation, ports, NEVER)
    const task = await startTask(plan, ports, NEVER)
    await expect(task.end({ status: 44, task: 'stop' })).rejects.toMatchObject({
      code: 'stop-unconfirmed',
      message: expect.stringMatching(/^The session ended with status 44, but the stop of task /),
    })
  })

  it('is tried again when AWS cannot be reached', async () => {
    let tries = 0
    const { outcome } = await runAll({
      stopTask: async () => {
        if (++tries < 3) throw new FargateLoginError('aws-unreachable', 'no route')
      },
    })
    expect(outcome).toBe(0)
    expect(tries).toBe(3)
  })

  it('that cannot be confirmed names the task and the command, beside the error before it', async () => {
    const { outcome } = await runAll({ run: failing('session-refused'), stopTask: failing('aws-refused') })
    expect(outcome).toMatchObject({
      name: 'SuppressedError',
      suppressed: { code: 'session-refused' },
      error: {
        code: 'stop-unconfirmed',
        hint: expect.stringContaining(
          `aws ecs stop-task --cluster default --task ${RUNNING_TASK.arn} --region us-east-1`,
        ),
      },
    })
  })
})
