import { describe, expect, it } from 'vitest'
import { closest } from '../../../cli/core/text/closest.ts'

const KNOWN = ['service', 'subnets', 'task-definition', 'port', 'user', 'env']

describe('closest', () => {
  it.each([
    ['servce', 'service'],
    ['Service', 'service'],
    ['taskDefinition', 'task-definition'],
    ['task_definiton', 'task-definition'],
    ['subnet', 'subnets'],
    ['prot', 'port'],
    ['usr', 'user'],
  ])('takes %s for %s', (given, meant) => {
    expect(closest(given, KNOWN)).toBe(meant)
  })

  it.each(['cpu', 'image', '', 'e', 'x'.repeat(10_000)])('knows nothing like %s', (given) => {
    expect(closest(given, KNOWN)).toBeUndefined()
  })
})
