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
  const plan = { session: 's', derivation } as Parameters<typeof openLink>[0]['plan']
  const limit = { seconds: 300, since: 0 }
  const input = { task, plan, reach: REACH, privateKey: '', limit }
  await using _ = await openLink(input, { ...ports, ssh }, NEVER)
  return log.filter((line) => /^warning|^connection/.test(line))
}

describe('a link that takes long', () => {
  it('names --inject where sshd refuses', async () => {
    expect(await open('connection-refused')).toEqual([
      'connection: Waiting for sshd on 10.0.0.7:2222',
      'connection: Waiting for sshd on 10.0.0.7:2222 (refused so far)',
      'warning: 10.0.0.7:2222 lets nobody in, 10 s after the task is RUNNING. ' +
        'Probably container "app" runs no SSH server. To bring one, use --inject.',
      'connection: Waiting for sshd on 10.0.0.7:2222 (refused so far)',
      'connection done: Connected as app to 10.0.0.7:2222, host key NOT verified (session s)',
    ])
  })

  it('names the security group where nothing answers', async () => {
    expect(await open('connection-silent')).toEqual([
      'connection: Waiting for sshd on 10.0.0.7:2222',
      'connection: Waiting for sshd on 10.0.0.7:2222 (no answer yet)',
      'warning: 10.0.0.7:2222 does not answer, 10 s after the task is RUNNING. ' +
        'Probably its security group (sg-1) does not let you in.',
      'connection: Waiting for sshd on 10.0.0.7:2222 (no answer yet)',
      'connection done: Connected as app to 10.0.0.7:2222, host key NOT verified (session s)',
    ])
  })

  it('names the log where the server is injected', async () => {
    expect(await open('connection-refused', {})).toContain(
      'warning: 10.0.0.7:2222 lets nobody in, 10 s after the task is RUNNING. See the log of container "app".',
    )
  })
})
