import { userInfo } from 'node:os'
import { describe, expect, it } from 'vitest'
import { settleHome } from '../cli/home.ts'

function settled(environment: NodeJS.ProcessEnv): string | undefined {
  settleHome(environment)
  return environment.HOME
}

describe('HOME', () => {
  it.each([{}, { HOME: '' }, { HOME: 'relative' }, { HOME: '.' }])(
    '%j is replaced by that of the account',
    (given) => {
      expect(settled({ ...given })).toBe(userInfo().homedir)
    },
  )

  it('stays as it is if it is a path', () => {
    expect(settled({ HOME: '/some/where' })).toBe('/some/where')
  })

  it.runIf(process.getuid?.() === 0)('leads nowhere for a uid without an account', () => {
    process.seteuid?.(54321)
    try {
      expect(settled({ HOME: '' })).toBe('/dev/null')
    } finally {
      process.seteuid?.(0)
    }
  })
})
