import {
  ConflictException,
  DeregisterTaskDefinitionCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../helpers/free-port.ts'
import { FARGATE } from '../helpers/register.ts'
import { runTaskInput, type StubLocal, SUBNET, startStub, withEnvironment } from './start.ts'

let local: StubLocal

beforeAll(async () => {
  local = await startStub()
  const containerDefinitions = [
    { name: 'app', image: 'app', memory: 128, portMappings: [{ containerPort: 2222 }] },
  ]
  for (const [family, networkMode] of [
    ['bridged', 'bridge'],
    ['hosted', 'host'],
    ['unnamed', undefined],
  ] as const) {
    const input = { family, containerDefinitions, ...(networkMode && { networkMode }) }
    await local.client.send(new RegisterTaskDefinitionCommand(input))
  }
})
afterAll(() => local[Symbol.asyncDispose]())

function run(input: Partial<RunTaskCommandInput>) {
  return local.client.send(new RunTaskCommand(runTaskInput(input)))
}

/** awsvpcConfiguration with another member. */
function network(members: object): Pick<RunTaskCommandInput, 'networkConfiguration'> {
  return { networkConfiguration: { awsvpcConfiguration: { subnets: [SUBNET], ...members } } }
}

describe('RunTask refuses as ECS does', () => {
  const onInstance = { launchType: 'EC2', networkConfiguration: undefined } as const
  const wrong: Record<string, [Partial<RunTaskCommandInput>, string, RegExp]> = {
    'an unknown cluster': [{ cluster: 'other' }, 'ClusterNotFoundException', /^Cluster not found\.$/],
    'an unknown task definition': [
      { taskDefinition: 'no:1' },
      'ClientException',
      /^TaskDefinition not found\.$/,
    ],
    'an override for a container that is not there': [
      { overrides: withEnvironment({}, 'other') },
      'InvalidParameterException',
      /^Override for container named other is not a container in the TaskDefinition\.$/,
    ],
    'overrides of more than 8192 characters': [
      { overrides: withEnvironment({ LONG: 'x'.repeat(8192) }) },
      'InvalidParameterException',
      /^Container Overrides length must be at most 8192$/,
    ],
    'an awsvpc task without a network configuration': [
      { networkConfiguration: undefined },
      'InvalidParameterException',
      /^Network Configuration must be provided when networkMode 'awsvpc' is specified\.$/,
    ],
    'a network configuration for bridge mode': [
      { taskDefinition: 'bridged', launchType: 'EC2', overrides: undefined },
      'InvalidParameterException',
      /^Network Configuration is not valid for the given networkMode of this task definition\.$/,
    ],
    'a network configuration for host mode': [
      { taskDefinition: 'hosted', launchType: 'EC2', overrides: undefined },
      'InvalidParameterException',
      /^Network Configuration is not valid/,
    ],
    'a bridge task on Fargate': [
      { taskDefinition: 'bridged', networkConfiguration: undefined, overrides: undefined },
      'InvalidParameterException',
      /^Task definition does not support launch_type FARGATE\.$/,
    ],
    'a public address on an instance': [
      { launchType: 'EC2' },
      'InvalidParameterException',
      /^Assign public IP is not supported for this launch type\.$/,
    ],
    'an unknown subnet': [
      network({ subnets: ['subnet-1'] }),
      'InvalidParameterException',
      /The subnet ID 'subnet-1' does not exist \(ErrorCode: InvalidSubnetID\.NotFound\)$/,
    ],
    'an unknown security group': [
      network({ securityGroups: ['sg-1'] }),
      'InvalidParameterException',
      /The security group 'sg-1' does not exist \(ErrorCode: InvalidGroup\.NotFound\)$/,
    ],
    'a launch type beside a capacity provider': [
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }] },
      'InvalidParameterException',
      /^Specifying both a launch type and capacity provider strategy is not supported\. Remove one and try again\.$/,
    ],
    'an unknown capacity provider': [
      { launchType: undefined, capacityProviderStrategy: [{ capacityProvider: 'mine' }] },
      'InvalidParameterException',
      /'mine' was not found/,
    ],
    'a platform version on an instance': [
      { ...onInstance, taskDefinition: 'bridged', platformVersion: '1.4.0', overrides: undefined },
      'InvalidParameterException',
      /^The platform version must be null when specifying an EC2 launch type\.$/,
    ],
    'an unknown platform version': [{ platformVersion: '9.9' }, 'PlatformUnknownException', /does not exist/],
    'a count of 0': [{ count: 0 }, 'InvalidParameterException', /^Count must be/],
    'a count of 11': [{ count: 11 }, 'InvalidParameterException', /^Count must be/],
    'characters that startedBy may not have': [
      { startedBy: 'me@home' },
      'InvalidParameterException',
      /^startedBy/,
    ],
    'a startedBy of 129 characters': [
      { startedBy: 'x'.repeat(129) },
      'InvalidParameterException',
      /^startedBy/,
    ],
    'a clientToken of 65 characters': [
      { clientToken: 'x'.repeat(65) },
      'InvalidParameterException',
      /^clientToken/,
    ],
    'tags of AWS': [{ tags: [{ key: 'aws:x', value: 'y' }] }, 'InvalidParameterException', /aws:/],
    'more than 50 tags': [
      { tags: Array.from({ length: 51 }, (_, n) => ({ key: `k${n}`, value: '' })) },
      'InvalidParameterException',
      /^Tags can not/,
    ],
    'a long tag value': [
      { tags: [{ key: 'k', value: 'x'.repeat(257) }] },
      'InvalidParameterException',
      /256/,
    ],
    'tags of a service': [{ propagateTags: 'SERVICE' }, 'InvalidParameterException', /propagated/],
  }
  for (const [what, [input, name, message]] of Object.entries(wrong)) {
    it(what, async () => {
      await expect(run(input)).rejects.toMatchObject({ name, message: expect.stringMatching(message) })
    })
  }

  it('an inactive task definition', async () => {
    const { client } = local
    const containerDefinitions = [{ name: 'app', image: 'app', memory: 128 }]
    await client.send(new RegisterTaskDefinitionCommand({ family: 'gone', containerDefinitions }))
    await client.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'gone:1' }))
    const input = { ...onInstance, taskDefinition: 'gone:1', overrides: undefined }
    await expect(run(input)).rejects.toMatchObject({ message: 'TaskDefinition is inactive' })
    await expect(run({ ...input, taskDefinition: 'gone' })).rejects.toMatchObject({
      message: 'TaskDefinition not found.',
    })
  })

  it('and runs nothing then', async () => {
    const { taskArns } = await local.client.send(new ListTasksCommand({}))
    expect(taskArns).toEqual([])
  })
})

describe('RunTask answers', () => {
  it('with the task as it was asked for', async () => {
    const tags = [{ key: 'owner', value: 'me' }]
    const { tasks, failures } = await run({ startedBy: 'me/1', tags, platformVersion: 'LATEST' })
    expect(failures).toEqual([])
    expect(tasks).toEqual([
      expect.objectContaining({
        taskArn: expect.stringMatching(/^arn:aws:ecs:us-east-1:000000000000:task\/default\/[0-9a-f]{32}$/),
        lastStatus: 'PROVISIONING',
        desiredStatus: 'RUNNING',
        launchType: 'FARGATE',
        platformVersion: '1.4.0',
        group: 'family:fargate-login',
        startedBy: 'me/1',
        cpu: '256',
        memory: '512',
        createdAt: expect.any(Date),
        overrides: expect.objectContaining(withEnvironment({})),
        tags,
      }),
    ])
  })

  it.each([
    ["Fargate's default", 'fargate-login', undefined, 20],
    ['that of the task definition', 'stored', undefined, 30],
    ['that of the overrides', 'stored', 40, 40],
  ])('with its ephemeral storage: %s', async (_, taskDefinition, override, shown) => {
    const containerDefinitions = [{ name: 'app', image: 'app' }]
    const stored = { family: 'stored', ...FARGATE, ephemeralStorage: { sizeInGiB: 30 }, containerDefinitions }
    await local.client.send(new RegisterTaskDefinitionCommand(stored))
    const overrides = override === undefined ? undefined : { ephemeralStorage: { sizeInGiB: override } }
    const { tasks } = await run({ taskDefinition, overrides })
    expect(tasks?.[0]?.ephemeralStorage).toEqual({ sizeInGiB: shown })
    expect(tasks?.[0]?.overrides?.ephemeralStorage).toEqual(overrides?.ephemeralStorage)
  })

  it('with the sizes of the overrides, as numbers', async () => {
    const containerOverrides = [{ name: 'fargate-login', memory: 1024, memoryReservation: 512 }]
    const { tasks } = await run({ overrides: { cpu: '1 vCPU', memory: '2 GB', containerOverrides } })
    expect(tasks?.[0]).toMatchObject({
      cpu: '1024',
      memory: '2048',
      overrides: { cpu: '1024', memory: '2048' },
    })
    expect(tasks?.[0]?.containers?.[0]).toMatchObject({ memory: '1024', memoryReservation: '512' })
  })

  it('with a network attachment that knows its subnet only', async () => {
    const { tasks } = await run({})
    expect(tasks?.[0]?.attachments).toEqual([
      {
        id: expect.any(String),
        type: 'ElasticNetworkInterface',
        status: 'PRECREATED',
        details: [{ name: 'subnetId', value: SUBNET }],
      },
    ])
    expect(tasks?.[0]?.containers?.[0]).toMatchObject({ lastStatus: 'PENDING', networkInterfaces: [] })
  })

  it('with the capacity provider where one was chosen', async () => {
    const strategy = {
      launchType: undefined,
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }],
    }
    const { tasks } = await run(strategy)
    expect(tasks?.[0]).toMatchObject({ launchType: 'FARGATE', capacityProviderName: 'FARGATE_SPOT' })
  })

  it('with as many tasks as were asked for, each at an address of its own', async () => {
    const { tasks } = await run({ count: 3 })
    expect(new Set(tasks?.map(({ taskArn }) => taskArn)).size).toBe(3)
  })

  it('with failures where there is no room', async () => {
    const port = await freePort()
    const container = { name: 'app', image: 'app', memory: 128, portMappings: [{ containerPort: port }] }
    const definition = { family: 'full', networkMode: 'host' } as const
    await local.client.send(
      new RegisterTaskDefinitionCommand({ ...definition, containerDefinitions: [container] }),
    )
    const input = { taskDefinition: 'full', launchType: 'EC2', networkConfiguration: undefined } as const
    const both = await run({ ...input, count: 2, overrides: undefined })
    const failure = { reason: 'RESOURCE:PORTS', detail: `port ${port} of 127.0.0.1 is in use` }
    expect(both.tasks).toHaveLength(1)
    expect(both.failures).toEqual([failure])
    const third = await run({ ...input, overrides: undefined })
    expect([third.tasks, third.failures]).toEqual([[], [failure]])
  })
})

describe('a client token', () => {
  it('makes the same request the same task, also while the first is not answered', async () => {
    const [first, second] = await Promise.all([run({ clientToken: 'same' }), run({ clientToken: 'same' })])
    const third = await run({ clientToken: 'same' })
    expect(second.tasks?.[0]?.taskArn).toBe(first.tasks?.[0]?.taskArn)
    expect(third.tasks?.[0]?.taskArn).toBe(first.tasks?.[0]?.taskArn)
  })

  it('refuses another request, and names the task of the first', async () => {
    const { tasks } = await run({ clientToken: 'used' })
    const error = await run({ clientToken: 'used', startedBy: 'other' }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ConflictException)
    expect((error as ConflictException).resourceIds).toEqual([tasks?.[0]?.taskArn])
  })

  it('can be used again when the first request was refused', async () => {
    await expect(run({ clientToken: 'retry', count: 0 })).rejects.toThrow(/Count/)
    expect((await run({ clientToken: 'retry' })).tasks).toHaveLength(1)
  })
})
