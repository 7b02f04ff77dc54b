import {
  CreateClusterCommand,
  ListTasksCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type StubLocal, SUBNET, startStub } from './start.ts'

let local: StubLocal

beforeAll(async () => {
  local = await startStub()
})
afterAll(() => local[Symbol.asyncDispose]())

const PRIVATE = { networkConfiguration: { awsvpcConfiguration: { subnets: [SUBNET] } } }

describe('Managed Instances', () => {
  const ways: [string, Partial<RunTaskCommandInput>][] = [
    ['by their launch type', { launchType: 'MANAGED_INSTANCES' }],
    [
      'by their capacity provider',
      { launchType: undefined, capacityProviderStrategy: [{ capacityProvider: 'managed-instances' }] },
    ],
  ]
  for (const [way, input] of ways) {
    it(`run tasks ${way}, on a container instance`, async () => {
      const arn = await local.run({ ...PRIVATE, ...input })
      expect(await local.describe(arn)).toMatchObject({
        launchType: 'MANAGED_INSTANCES',
        containerInstanceArn: expect.stringMatching(/:container-instance\/default\//),
      })
      const listed = new ListTasksCommand({ launchType: 'MANAGED_INSTANCES' })
      expect((await local.client.send(listed)).taskArns).toEqual([arn])
      await local.client.send(new StopTaskCommand({ task: arn }))
    })

    it(`give no public address, asked for ${way}`, async () => {
      await expect(local.run(input)).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: 'Assign public IP is not supported for this launch type.',
      })
    })
  }
})

describe('a cluster with capacity providers of its own', () => {
  const spot = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }]

  it('runs tasks by its default strategy', async () => {
    await local.client.send(
      new CreateClusterCommand({
        clusterName: 'spot',
        capacityProviders: ['FARGATE_SPOT'],
        defaultCapacityProviderStrategy: spot,
      }),
    )
    const arn = await local.run({ cluster: 'spot', launchType: undefined })
    const { taskArns } = await local.client.send(
      new ListTasksCommand({ cluster: 'spot', launchType: 'FARGATE' }),
    )
    expect(taskArns).toEqual([arn])
    await local.client.send(new StopTaskCommand({ cluster: 'spot', task: arn }))
  })

  it('has no others', async () => {
    await local.client.send(new CreateClusterCommand({ clusterName: 'bare' }))
    await expect(
      local.run({ cluster: 'bare', launchType: undefined, capacityProviderStrategy: spot }),
    ).rejects.toThrow(/not associated with the cluster/)
    const strategy = { clusterName: 'wrong', defaultCapacityProviderStrategy: spot }
    await expect(local.client.send(new CreateClusterCommand(strategy))).rejects.toThrow(/not associated/)
  })
})
