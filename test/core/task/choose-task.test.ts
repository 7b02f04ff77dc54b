import { describe, expect, it } from 'vitest'
import { chooseTask } from '../../../cli/core/task/choose-task.ts'
import { stopRequest } from '../../../cli/core/task/stop-request.ts'

const task = (session: string | undefined, id: string) => ({
  session,
  arn: `arn:aws:ecs:us-east-1:000000000000:task/default/${id}`,
})
const A = task('abcdefghijkl', '0123456789')
const B = task('abcdzzzzzzzz', '0123zzzzzz')
const NOTED = { session: 'noted2222222', arn: undefined }
const CHOICES = [A, B, NOTED]

describe('the choice of a task', () => {
  it.each([
    ['abcdefghijkl', A],
    ['abcde', A],
    ['0123456789', A],
    ['01234', A],
    [A.arn, A],
    ['noted', NOTED],
    ['nope', undefined],
    ['456789', undefined],
  ])('%s', (id, expected) => {
    expect(chooseTask(id, CHOICES)).toBe(expected)
  })

  it.each(['abcd', '0123', 'arn:aws', 'abc', ''])('refuses %j', (id) => {
    expect(() => chooseTask(id, CHOICES)).toThrow(expect.objectContaining({ code: 'usage', exitCode: 2 }))
  })

  it('takes a short ID that is whole', () => {
    const short = task('ab', '01')
    expect(chooseTask('ab', [short])).toBe(short)
  })
})

describe('the request to stop', () => {
  it('is one of four, each ID once', () => {
    expect(stopRequest({ ids: [] })).toBeUndefined()
    expect(stopRequest({ ids: ['a', 'a', 'b'] })).toEqual({ kind: 'ids', ids: ['a', 'b'] })
    expect(stopRequest({ ids: [], dead: true })).toEqual({ kind: 'dead' })
    expect(() => stopRequest({ ids: ['a'], all: true })).toThrow(expect.objectContaining({ code: 'usage' }))
  })
})
