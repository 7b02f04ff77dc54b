import { describe, expect, it } from 'vitest'
import { FargateLoginError } from '../../../cli/core/error.ts'
import type { Route } from '../../../cli/core/link/reach.ts'
import { openLink } from '../../../cli/session/link/open-link.ts'
import { Task } from '../../../cli/session/task/task.ts'
import { fakePorts } from '../../helpers/fake-ports.ts'
import { RUNNING_TASK, TASK } from '../../helpers/values.ts'

const NEVER = new AbortController().signal
const ROUTE: Route = { kind: 'tcp', host: '10.0.0.7', port: 2222, found: 'private', securityGroups: ['sg-1'] }
const REACH = {
  container: 'app',
  route: ROUTE,
  userKey: 'SHA256:user',
  hostKey: { policy: 'accept' },
} as const

/** Opens a link that fails with `code` until the warning is there. @returns everything that the user was told */
async function open(code: 'connection-refused' | 'connection-silent', derivation?: object) {
  const { ports, log } = fakePorts({ describeTask: async () => RUNNING_TASK })
  const { connect } = ports.ssh
  const ssh = {
    ...ports.ssh,
    connect: (async (...args) => {
      if (!log.some((line) => line.startsWith('warning'))) throw new FargateLoginError(code, 'not yet')
      return await connect(...args)
    }) as typeof connect,
  }
  const launch = {
    session: 's',
    cluster: 'c',
    startedAt: 0,
    centsPerHour: undefined,
    unlessEnded: 'leave',
  } as const
  await using task = new Task(launch, TASK, ports, NEVER)
  const plan = { derivation } as Parameters<typeof openLink>[0]['plan']
  await using _ = await openLink({ task, plan, reach: REACH, privateKey: '' }, { ...ports, ssh }, NEVER)
  return log.filter((line) => /^warning|^connection/.test(line))
}

describe('a link that takes long', () => {
  it('names --inject where sshd refuses', async () => {
    expect(await open('connection-refused')).toEqual([
      'connection: 10.0.0.7:2222',
      'connection: 10.0.0.7:2222 (refused so far)',
      'warning: 10.0.0.7:2222 lets nobody in, 10 s after the task is RUNNING. ' +
        'Probably container "app" runs no SSH server. To bring one, use --inject.',
      'connection: 10.0.0.7:2222 (refused so far)',
      'connection done: app@10.0.0.7:2222, host key NOT verified',
    ])
  })

  it('names the security group where nothing answers', async () => {
    expect(await open('connection-silent')).toEqual([
      'connection: 10.0.0.7:2222',
      'connection: 10.0.0.7:2222 (no answer yet)',
      'warning: 10.0.0.7:2222 does not answer, 10 s after the task is RUNNING. ' +
        'Probably its security group (sg-1) does not let you in.',
      'connection: 10.0.0.7:2222 (no answer yet)',
      'connection done: app@10.0.0.7:2222, host key NOT verified',
    ])
  })

  it('names the log where the server is injected', async () => {
    expect(await open('connection-refused', {})).toContain(
      'warning: 10.0.0.7:2222 lets nobody in, 10 s after the task is RUNNING. See the log of container "app".',
    )
  })
})
