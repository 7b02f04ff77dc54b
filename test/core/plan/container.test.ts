import { describe, expect, it } from 'vitest'
import { chooseContainer } from '../../../cli/core/plan/container.ts'
import type { ContainerDefinition } from '../../../cli/core/task/task-definition.ts'
import { DEFINITION } from '../../helpers/values.ts'

function container(
  name: string,
  image = 'example/x:1',
  labels: Record<string, string> = {},
): ContainerDefinition {
  return { name, image, labels }
}

function choose(containers: readonly ContainerDefinition[], name?: string): string {
  const [first = container('none'), ...others] = containers
  return chooseContainer({ ...DEFINITION, containers: [first, ...others] }, name).name
}

describe('chooseContainer', () => {
  it('takes the only one', () => {
    expect(choose([container('app')])).toBe('app')
  })

  it('takes the named one', () => {
    expect(choose([container('app'), container('proxy')], 'proxy')).toBe('proxy')
  })

  it('takes the labelled one, even beside one with our image', () => {
    const labelled = container('app', 'example/x', { 'fargate-login': 'true' })
    expect(choose([container('ssh', '1.dkr.ecr/fargate-login-sshd:2'), labelled])).toBe('app')
  })

  it('takes the one with our image', () => {
    expect(
      choose([container('app'), container('ssh', '1.dkr.ecr.us-east-1.amazonaws.com/fargate-login:2')]),
    ).toBe('ssh')
  })

  it('lists the candidates when several may be meant', () => {
    expect(() => choose([container('app'), container('proxy')])).toThrow(
      expect.objectContaining({
        code: 'container-ambiguous',
        exitCode: 2,
        hint: expect.stringMatching(/--container app .*example\/x:1.*\n.*--container proxy/),
      }),
    )
  })
})
