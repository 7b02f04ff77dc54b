import { expect, it } from 'vitest'
import type { Registration } from '../../../cli/core/derive/derive-task-definition.ts'
import { maskDerivation, type PlannedDerivation } from '../../../cli/core/plan/planned-derivation.ts'

function masked(registration: Registration): Registration {
  const planned: PlannedDerivation = {
    source: 'web:7',
    family: 'web-fargate-login',
    container: 'app',
    registration,
    differences: [],
    dropped: [],
    unread: [],
    notes: [],
  }
  return maskDerivation(planned).registration
}

it('hides the values of variables and of log options, and shows their names', () => {
  const container = {
    name: 'app',
    image: 'web',
    environment: [{ name: 'DATABASE_URL', value: 'hush' }],
    secrets: [{ name: 'KEY', valueFrom: 'arn:aws:ssm:us-east-1:123456789012:parameter/key' }],
    logConfiguration: {
      logDriver: 'awsfirelens',
      options: { Name: 'datadog', apikey: 'hush' },
      secretOptions: [{ name: 'x', valueFrom: 'arn' }],
    },
    firelensConfiguration: { type: 'fluentbit', options: { 'config-file-value': 'hush' } },
  }
  const { containerDefinitions, ...others } = masked({ family: 'web', containerDefinitions: [container] })
  expect(others).toEqual({ family: 'web' })
  expect(containerDefinitions).toEqual([
    {
      ...container,
      environment: [{ name: 'DATABASE_URL', value: '***' }],
      logConfiguration: { ...container.logConfiguration, options: { Name: '***', apikey: '***' } },
      firelensConfiguration: { type: 'fluentbit', options: { 'config-file-value': '***' } },
    },
  ])
})

it.each<Registration>([
  { family: 'web', containerDefinitions: [] },
  {
    family: 'web',
    containerDefinitions: [{ name: 'app', image: 'web', logConfiguration: { logDriver: 'awslogs' } }],
  },
])('leaves what holds no value as it is: %j', (document) => {
  expect(masked(document)).toEqual(document)
})
