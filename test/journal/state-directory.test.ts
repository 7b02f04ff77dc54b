import { describe, expect, it } from 'vitest'
import { journalDirectory } from '../../cli/journal/state-directory.ts'

describe('the state directory', () => {
  it.each<[NodeJS.ProcessEnv, string]>([
    [{ XDG_STATE_HOME: '/state', HOME: '/home/me' }, '/state/fargate-login/sessions'],
    [{ XDG_STATE_HOME: 'relative', HOME: '/home/me' }, '/home/me/.local/state/fargate-login/sessions'],
    [{ XDG_STATE_HOME: '', HOME: '/home/me' }, '/home/me/.local/state/fargate-login/sessions'],
    [{ HOME: '' }, '/.local/state/fargate-login/sessions'],
  ])('of %j is %s', (environment, directory) => {
    expect(journalDirectory(environment)).toBe(directory)
  })
})
