import { describe, expect, it } from 'vitest'
import type { Ending } from '../../cli/core/plan/activity.ts'
import { prepareSession } from '../../cli/session/plan/prepare.ts'
import { runActivity } from '../../cli/session/run.ts'
import { fakePorts } from '../helpers/fake-ports.ts'
import { attending, CONFIG, TYPED } from '../helpers/values.ts'

const NEVER = new AbortController().signal

/** What becomes of the task after an activity that ends like this. */
async function runEnding(ending: Ending) {
  const { ports, log } = fakePorts()
  const activity = attending({ pty: false })
  const prepared = await prepareSession(
    { config: CONFIG, activity, version: '0', localUser: 'me', typed: TYPED },
    ports,
    NEVER,
  )
  const status = await runActivity(prepared, async () => ending, ports, NEVER)
  return { status, stopped: log.includes('stopTask'), last: log.at(-1), session: prepared.plan.session }
}

describe('an activity', () => {
  it('that ends with "stop" has its task stopped', async () => {
    expect(await runEnding({ status: 3, task: 'stop' })).toMatchObject({ status: 3, stopped: true })
  })

  it('that ends with "leave" has its task left, and the flow says how to come back', async () => {
    const { status, stopped, last, session } = await runEnding({ status: 0, task: 'leave' })
    expect({ status, stopped }).toEqual({ status: 0, stopped: false })
    expect(last).toBe(
      `note: Session ${session} is still running. Return to it with:\nfargate-login attach ${session}`,
    )
  })

  it('that keeps its task warm has it left, and the flow says for how long', async () => {
    const { status, stopped, last, session } = await runEnding({ status: 4, task: { keepWarmSeconds: 600 } })
    expect({ status, stopped }).toEqual({ status: 4, stopped: false })
    expect(last).toBe(
      `note: The task of session ${session} keeps running for 10 min 0 s after its last connection.`,
    )
  })
})
