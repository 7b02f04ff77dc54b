import { describe, expect, it } from 'vitest'
import { typedCommandWith } from '../../../cli/core/text/typed-command.ts'

describe('typedCommandWith', () => {
  it('puts the options before the remote command, and quotes both', () => {
    const typed = { own: ['exec', 'web'], remote: ['sh', '-c', 'echo "$A"'] }
    expect(typedCommandWith(typed, '--inject')).toBe(`fargate-login exec web --inject -- sh -c 'echo "$A"'`)
  })

  it.each([
    [['-e', 'A=b=c'], '-e A=…'],
    [['-eA=secret'], '-eA=…'],
    [['--env', 'A=secret'], '--env A=…'],
    [['--env=A=x\ny'], '--env=A=…'],
    [['-e', 'A'], '-e A'],
  ])('hides the value in %j', (own, shown) => {
    expect(typedCommandWith({ own, remote: undefined })).toBe(`fargate-login ${shown}`)
  })

  it('leaves out a remote command that is too long to read', () => {
    const typed = { own: ['exec'], remote: ['echo', 'x'.repeat(300)] }
    expect(typedCommandWith(typed, '--inject')).toBe('fargate-login exec --inject -- CMD...')
  })
})
