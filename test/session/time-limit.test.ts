import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, describe, expect, it } from 'vitest'
import { isTimeOut, startAnswerLimit, startTimeLimit } from '../../cli/session/time-limit.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

describe('a time limit', () => {
  const collector = setInterval(collectGarbage, 20)
  afterAll(() => clearInterval(collector))

  it('ends what waits for it, whatever is collected as garbage meanwhile', async () => {
    const { signal } = startTimeLimit(0.3, new AbortController().signal)
    const wait = () =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    await expect(wait()).rejects.toSatisfy(isTimeOut)
  })

  it("ends with its parent's reason before its time, and never once it is over", async () => {
    const parent = new AbortController()
    const limit = startTimeLimit(60, parent.signal)
    parent.abort('cancelled')
    expect(limit.signal.reason).toBe('cancelled')
    const over = startTimeLimit(0.01)
    over.end()
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(over.signal.aborted).toBe(false)
  })

  it('of an answer says which one did not come', async () => {
    using limit = startAnswerLimit('ecs:ListTasks', 0.01)
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(limit.signal.reason).toMatchObject({
      code: 'aws-unreachable',
      message: 'ecs:ListTasks: no answer came within 0.01 s.',
    })
  })
})
