import { describe, expect, it } from 'vitest'
import { settleOnce } from '../../../cli/core/wait/settle.ts'

const NEVER = new AbortController().signal

describe('settleOnce', () => {
  it('takes the first word, and cleans up once', async () => {
    let undone = 0
    const promise = settleOnce<number>(NEVER, ({ resolve, reject, afterwards }) => {
      afterwards(() => undone++)
      resolve(1)
      resolve(2)
      reject(new Error('late'))
      afterwards(() => undone++)
    })
    expect(await promise).toBe(1)
    expect(undone).toBe(2)
  })

  it('is rejected with the reason of the signal', async () => {
    const cancel = new AbortController()
    const promise = settleOnce(cancel.signal, () => {})
    cancel.abort(new Error('enough'))
    await expect(promise).rejects.toThrow('enough')
  })

  it('starts nothing when it is too late', async () => {
    const promise = settleOnce(AbortSignal.abort(new Error('before')), () => {
      throw new Error('started')
    })
    await expect(promise).rejects.toThrow('before')
  })
})
