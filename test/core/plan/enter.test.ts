import { describe, expect, it } from 'vitest'
import type { FargateLoginError } from '../../../cli/core/error.ts'
import { checkEnter, type EnterInput, enterNotes } from '../../../cli/core/plan/enter.ts'
import type { ContainerDocument } from '../../../cli/core/task/definition-document.ts'
import type { TaskDefinition } from '../../../cli/core/task/task-definition.ts'
import { DEFINITION } from '../../helpers/values.ts'

function definition(shell: Partial<ContainerDocument> = {}, pidMode = 'task'): TaskDefinition {
  const container = (name: string) => ({ name, image: name, labels: {} })
  return {
    ...DEFINITION,
    containers: [container('fargate-login-toolkit'), container('shell'), container('app')],
    document: { pidMode, containerDefinitions: [{ name: 'shell', ...shell }, { name: 'app' }] },
  }
}

function refusal(change: Partial<EnterInput>, name: string): string {
  try {
    return checkEnter({ definition: definition(), container: 'shell', ...change }, name)
  } catch (error) {
    const { code, hint } = error as FargateLoginError
    return `${code}: ${hint}`
  }
}

describe('entering', () => {
  it('is for another container of the task', () => {
    expect(refusal({}, 'app')).toBe('app')
    expect(refusal({}, 'shell')).toBe('container-ambiguous: You can enter: app.')
  })

  it('is not for the helper, which has ended', () => {
    expect(refusal({}, 'fargate-login-toolkit')).toBe('container-ambiguous: You can enter: app.')
  })

  it('says how to have a container that --inject leaves out', () => {
    const derivation = { dropped: ['nginx'] }
    expect(refusal({ derivation }, 'nginx')).toBe(
      'container-ambiguous: --inject leaves "nginx" out: add --keep-sidecars.',
    )
  })

  it('needs processes that the containers share', () => {
    expect(refusal({ definition: definition({}, 'host') }, 'app')).toMatch(
      /^task-definition-unusable: .*pidMode/,
    )
  })
})

describe('the capability for it', () => {
  const add = (...added: readonly string[]) => ({ linuxParameters: { capabilities: { add: added } } })

  it.each([[{}], [add('NET_ADMIN')], [{ linuxParameters: {} }]])('is missed in %j', (shell) => {
    expect(enterNotes(definition(shell), 'shell')).toEqual([
      expect.stringContaining('"shell" has no SYS_PTRACE'),
    ])
  })

  it.each([
    [{ user: '1000', ...add('SYS_PTRACE') }, 'does not run as root'],
    [{ user: 'app', privileged: true }, 'does not run as root'],
    [{ linuxParameters: { capabilities: { add: ['SYS_PTRACE'], drop: ['SETGID'] } } }, 'drops SETGID in'],
    [{ linuxParameters: { capabilities: { drop: ['ALL'] } } }, 'drops ALL in'],
  ])('is not all that lacks in %j', (shell, words) => {
    expect(enterNotes(definition(shell), 'shell')).toEqual([expect.stringContaining(words)])
  })

  it.each([
    [{ user: '0:0', ...add('SYS_PTRACE') }],
    [add('SYS_PTRACE')],
    [add('ALL')],
    [{ privileged: true }],
  ])('is there in %j', (shell) => {
    expect(enterNotes(definition(shell), 'shell')).toEqual([])
  })
})
