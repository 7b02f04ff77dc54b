import { describe, expect, it } from 'vitest'
import { FargateLoginError } from '../../../cli/core/error.ts'
import type { AwsAccess } from '../../../cli/core/text/paste.ts'
import { stopNoted } from '../../../cli/session/fleet/stop-noted.ts'
import { type FakeCalls, fakePorts } from '../../helpers/fake-ports.ts'
import { DETACHED } from '../../helpers/noted.ts'

const NEVER = new AbortController().signal
const ENDPOINT = 'http://127.0.0.1:4566'
const ENTRY = { ...DETACHED, access: { region: 'us-east-1', endpointUrl: ENDPOINT } }

async function stop(access: AwsAccess, replace: Partial<FakeCalls> = {}) {
  const { ports, log } = fakePorts(replace)
  const outcome = await stopNoted(ENTRY, { ...ports, access }, NEVER).catch((error: unknown) => error)
  return { outcome, forgotten: log.includes('journal: removed') }
}

function refused(): Promise<never> {
  const details = { awsCode: 'ECONNREFUSED' }
  return Promise.reject(new FargateLoginError('aws-unreachable', 'connect ECONNREFUSED', details))
}

describe('a session of the journal without a task', () => {
  it('is forgotten where its own endpoint does not know the task', async () => {
    expect(await stop(ENTRY.access)).toEqual({ outcome: false, forgotten: true })
  })

  it('is kept where another endpoint was asked', async () => {
    const { outcome, forgotten } = await stop({ endpointUrl: 'http://127.0.0.1:9999' })
    expect(outcome).toMatchObject({ code: 'session-unknown', hint: expect.stringContaining(ENDPOINT) })
    expect(forgotten).toBe(false)
  })

  it('is forgotten when its embedded ECS has ended, and kept when another endpoint refuses the connection', async () => {
    expect(await stop(ENTRY.access, { describeTasks: refused })).toEqual({ outcome: false, forgotten: true })
    const other = await stop({ endpointUrl: 'http://127.0.0.1:9999' }, { describeTasks: refused })
    expect(other).toMatchObject({ outcome: { code: 'aws-unreachable' }, forgotten: false })
  })
})
