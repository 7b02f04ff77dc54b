import { describe, expect, it } from 'vitest'
import { deriveTaskDefinition } from '../../../cli/core/derive/derive-task-definition.ts'
import { completeRegistration, derivedHash } from '../../../cli/core/derive/registration.ts'
import type { TaskDefinitionDocument } from '../../../cli/core/task/definition-document.ts'

const SOURCE: TaskDefinitionDocument = {
  family: 'web',
  networkMode: 'awsvpc',
  memory: '512',
  containerDefinitions: [
    { name: 'app', image: 'web', dockerLabels: { team: 'shop' } },
    { name: 'sidecar', image: 'sidecar', dockerLabels: { 'fargate-login': 'true' } },
  ],
}
const OPTIONS = { container: 'app', toolkitImage: 'toolkit', port: 2222, keepSidecars: true }
const { registration } = deriveTaskDefinition(SOURCE, OPTIONS)
const FACTS = {
  hash: 'a'.repeat(64),
  source: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:7',
  tags: true,
  version: '1.2.3',
}

describe('a registration', () => {
  it('carries its hash on the container that runs the session', () => {
    const { containerDefinitions } = completeRegistration(registration, FACTS)
    expect(containerDefinitions?.map(({ dockerLabels }) => dockerLabels)).toEqual([
      undefined,
      { 'fargate-login': 'true', 'fargate-login.hash': FACTS.hash },
      { 'fargate-login': 'true' },
    ])
  })

  it('is found again by its hash', () => {
    expect(derivedHash(completeRegistration(registration, FACTS))).toBe(FACTS.hash)
  })

  it('says in tags what it is', () => {
    expect(completeRegistration(registration, FACTS).tags).toEqual([
      { key: 'fargate-login:hash', value: FACTS.hash },
      { key: 'fargate-login:source', value: FACTS.source },
      { key: 'fargate-login:version', value: '1.2.3' },
    ])
  })

  it('keeps tag values to what AWS takes', () => {
    const { tags } = completeRegistration(registration, { ...FACTS, source: `a,b!é ${'x'.repeat(300)}` })
    expect(tags?.[1]?.value).toBe(`a_b_é ${'x'.repeat(250)}`)
  })

  it('has no tags on demand', () => {
    expect(completeRegistration(registration, { ...FACTS, tags: false })).not.toHaveProperty('tags')
  })

  it('leaves what it was made of as it is', () => {
    const before = structuredClone(registration)
    completeRegistration(registration, FACTS)
    expect(registration).toEqual(before)
  })
})

describe('the hash', () => {
  it.each([
    ['what was not derived', SOURCE],
    ['a derived one that has lost it', registration],
    ['no containers', {}],
    ['odd containers', { containerDefinitions: [null, 1, { entryPoint: 'x' }] }],
  ])('is not found in %s', (_, document) => {
    expect(derivedHash(document as TaskDefinitionDocument)).toBeUndefined()
  })
})
