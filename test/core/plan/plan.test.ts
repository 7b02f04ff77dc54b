import { describe, expect, it } from 'vitest'
import { maskPlan } from '../../../cli/core/plan/masked-plan.ts'
import { makePlan } from '../../../cli/core/plan/plan.ts'
import { CONFIG, DEFINITION, PLAN_INPUT } from '../../helpers/values.ts'

const SERVICE = {
  taskDefinition: DEFINITION.arn,
  network: { subnets: ['subnet-s'], securityGroups: ['sg-s'], assignPublicIp: false },
  launchType: 'FARGATE',
  platformVersion: '1.4.0',
}
const { subnets: _, ...NO_SUBNETS } = CONFIG

describe('the plan', () => {
  it('is the whole RunTask request', () => {
    expect(makePlan(PLAN_INPUT)).toMatchSnapshot()
  })

  it('takes network, launch type and platform version from the service', () => {
    const { runTask, reach } = makePlan({ ...PLAN_INPUT, config: NO_SUBNETS, service: SERVICE })
    expect(runTask).toMatchObject({
      launchType: 'FARGATE',
      platformVersion: '1.4.0',
      networkConfiguration: {
        awsvpcConfiguration: { subnets: ['subnet-s'], securityGroups: ['sg-s'], assignPublicIp: 'DISABLED' },
      },
    })
    expect(reach.route).toEqual({
      network: 'awsvpc',
      family: 'auto',
      publicIpExpected: false,
      port: 2222,
      securityGroups: ['sg-s'],
    })
  })

  it('lets the user overrule the service, piece by piece', () => {
    const config = { ...CONFIG, publicIp: true, capacityProvider: 'FARGATE_SPOT' }
    const { runTask } = makePlan({ ...PLAN_INPUT, config, service: SERVICE })
    expect(runTask).toMatchObject({
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
      networkConfiguration: {
        awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-s'], assignPublicIp: 'ENABLED' },
      },
    })
    expect(runTask).not.toHaveProperty('launchType')
  })

  it('takes the capacity providers of a service that has them', () => {
    const capacityProviderStrategy = [{ capacityProvider: 'mine', weight: 2, base: 1 }]
    const { launchType: _, ...service } = { ...SERVICE, capacityProviderStrategy }
    const { runTask, centsPerHour } = makePlan({ ...PLAN_INPUT, service })
    expect(runTask).toMatchObject({ capacityProviderStrategy })
    expect(runTask.networkConfiguration?.awsvpcConfiguration).not.toHaveProperty('assignPublicIp')
    expect(centsPerHour).toBeUndefined()
  })

  it('runs a bridge definition on EC2, without a network configuration', () => {
    const definition = { ...DEFINITION, networkMode: 'bridge' as const }
    const { runTask, reach } = makePlan({ ...PLAN_INPUT, definition })
    expect(runTask.launchType).toBe('EC2')
    expect(runTask).not.toHaveProperty('networkConfiguration')
    expect(reach.route).toEqual({ network: 'bridge', family: 'auto', port: 2222 })
  })

  it.each([
    ['no subnet', { config: NO_SUBNETS }, 'usage'],
    [
      'a public address that nobody assigns',
      { config: { ...CONFIG, publicIp: false, address: 'public' } },
      'usage',
    ],
    ['a public address on EC2', { config: { ...CONFIG, launchType: 'EC2', publicIp: true } }, 'usage'],
    [
      'a variable that is ours',
      { config: { ...CONFIG, environment: { FARGATE_LOGIN_HOST_KEY: 'x' } } },
      'usage',
    ],
    [
      'a key variable with another meaning',
      { config: { ...CONFIG, keyEnv: 'FARGATE_LOGIN_HOST_KEY' } },
      'usage',
    ],
    ['no network at all', { definition: { ...DEFINITION, networkMode: 'none' } }, 'task-definition-unusable'],
    ['a container that is not there', { config: { ...CONFIG, container: 'nope' } }, 'container-ambiguous'],
  ] as const)('refuses %s', (_, change, code) => {
    expect(() => makePlan({ ...PLAN_INPUT, ...change })).toThrow(expect.objectContaining({ code }))
  })

  it('sends no host key to an image that does not take one', () => {
    const { runTask, reach } = makePlan({ ...PLAN_INPUT, config: { ...CONFIG, hostKey: 'accept' } })
    expect(JSON.stringify(runTask)).not.toContain('HOST_KEY')
    expect(reach.hostKey).toEqual({ policy: 'accept' })
  })

  it('keeps tag values to what AWS takes', () => {
    const { runTask } = makePlan({ ...PLAN_INPUT, owner: 'arn:aws:sts::1:assumed-role/a,b/x!é' })
    expect(runTask.tags?.[0]?.value).toBe('arn:aws:sts::1:assumed-role/a_b/x_é')
  })

  it('leaves tags out on demand', () => {
    expect(makePlan({ ...PLAN_INPUT, config: { ...CONFIG, tags: false } }).runTask).not.toHaveProperty('tags')
  })
})

describe('the masked plan', () => {
  it('shows no host key and no value that the user passed', () => {
    const config = {
      ...CONFIG,
      environment: { DATABASE_URL: 'postgres://u:hunter2@db/x', FARGATE_LOGIN_LINGER: '5' },
    }
    const text = JSON.stringify(maskPlan(makePlan({ ...PLAN_INPUT, config }), config.keyEnv))
    expect(text).not.toMatch(/hunter2|host-secret|PRIVATE/)
    expect(text).toContain('*** (25 characters)')
    expect(text).toContain('ssh-ed25519 AAAAPUBLIC')
    expect(text).toContain('{"name":"FARGATE_LOGIN_LINGER","value":"5"}')
  })
})
