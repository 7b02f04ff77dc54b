import {
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
} from '@aws-sdk/client-ec2'
import {
  type ClusterField,
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteClusterCommand,
  DeregisterTaskDefinitionCommand,
  DescribeClustersCommand,
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ListClustersCommand,
  ListServicesCommand,
  ListTagsForResourceCommand,
  ListTaskDefinitionFamiliesCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  type ListTasksCommandInput,
  type NetworkConfiguration,
  paginateListTasks,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  StopTaskCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
} from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FARGATE } from '../helpers/register.ts'
import {
  attachmentDetail,
  IPV6_SUBNET,
  isIn,
  type StubLocal,
  SUBNET,
  startLocal,
  startStub,
} from './start.ts'

let local: StubLocal

beforeAll(async () => {
  local = await startStub()
})
afterAll(() => local[Symbol.asyncDispose]())

const ON_FARGATE: RegisterTaskDefinitionCommandInput = {
  family: 'web',
  ...FARGATE,
  containerDefinitions: [{ name: 'web', image: 'web:1' }],
}

describe('task definitions', () => {
  function register(input: Partial<RegisterTaskDefinitionCommandInput>) {
    return local.client.send(new RegisterTaskDefinitionCommand({ ...ON_FARGATE, ...input }))
  }

  it('get revisions, are found by each kind of name, and keep what they were given', async () => {
    const labels = { purpose: 'test' }
    const containerDefinitions = [{ name: 'web', image: 'web:1', dockerLabels: labels, ulimits: [] }]
    const { taskDefinition: first } = await register({ family: 'named', containerDefinitions })
    await register({ family: 'named' })
    expect(first).toMatchObject({
      revision: 1,
      status: 'ACTIVE',
      containerDefinitions: [{ dockerLabels: labels }],
    })
    for (const [name, revision] of [
      ['named', 2],
      ['named:1', 1],
      [first?.taskDefinitionArn, 1],
    ] as const) {
      const command = new DescribeTaskDefinitionCommand({ taskDefinition: name })
      expect((await local.client.send(command)).taskDefinition?.revision).toBe(revision)
    }
  })

  it("get ECS's defaults", async () => {
    const { taskDefinition } = await register({ family: 'defaults' })
    expect(taskDefinition?.containerDefinitions).toEqual([
      expect.objectContaining({ essential: true, cpu: 0, environment: [], portMappings: [] }),
    ])
    expect(taskDefinition?.compatibilities).toEqual(['EC2', 'FARGATE'])
  })

  it('show tags when asked', async () => {
    const tags = [{ key: 'team', value: 'a' }]
    expect((await register({ family: 'tagged', tags })).tags).toEqual(tags)
    const plain = new DescribeTaskDefinitionCommand({ taskDefinition: 'tagged' })
    expect((await local.client.send(plain)).tags).toEqual([])
    const asked = new DescribeTaskDefinitionCommand({ taskDefinition: 'tagged', include: ['TAGS'] })
    expect((await local.client.send(asked)).tags).toEqual(tags)
  })

  it('are listed while active, family by family', async () => {
    await register({ family: 'listed' })
    await register({ family: 'listed' })
    await local.client.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'listed:1' }))
    const list = async (status: 'ACTIVE' | 'INACTIVE') => {
      const command = new ListTaskDefinitionsCommand({ familyPrefix: 'listed', status })
      return (await local.client.send(command)).taskDefinitionArns?.map((arn) => arn.split('/')[1])
    }
    expect(await list('ACTIVE')).toEqual(['listed:2'])
    expect(await list('INACTIVE')).toEqual(['listed:1'])
    const families = new ListTaskDefinitionFamiliesCommand({ familyPrefix: 'list' })
    expect((await local.client.send(families)).families).toEqual(['listed'])
  })

  it('are refused where ECS refuses them', async () => {
    const wrong: [Partial<RegisterTaskDefinitionCommandInput>, RegExp][] = [
      [{ containerDefinitions: [] }, /^Container list cannot be empty\.$/],
      [{ cpu: '256', memory: '8192' }, /^No Fargate configuration exists for given values\.$/],
      [{ networkMode: 'bridge' }, /^Fargate only supports network mode/],
      [{ family: 'a.b' }, /^Invalid family/],
      [{ containerDefinitions: [{ name: 'a', image: 'a', essential: false }] }, /non-essential/],
      [
        {
          containerDefinitions: [
            { name: 'a', image: 'a' },
            { name: 'a', image: 'b' },
          ],
        },
        /unique/,
      ],
      [
        {
          containerDefinitions: [
            { name: 'a', image: 'a', portMappings: [{ containerPort: 80, hostPort: 81 }] },
          ],
        },
        /host ports and container ports/,
      ],
    ]
    for (const [input, message] of wrong) {
      await expect(register(input)).rejects.toMatchObject({
        name: 'ClientException',
        message: expect.stringMatching(message),
      })
    }
    const missing = new DescribeTaskDefinitionCommand({ taskDefinition: 'missing' })
    await expect(local.client.send(missing)).rejects.toMatchObject({
      name: 'ClientException',
      message: 'Unable to describe task definition.',
    })
  })
})

describe('clusters', () => {
  it('are created, listed and described, the missing ones as failures', async () => {
    const { cluster } = await local.client.send(new CreateClusterCommand({ clusterName: 'second' }))
    expect(cluster).toMatchObject({ clusterName: 'second', status: 'ACTIVE' })
    const { clusterArns } = await local.client.send(new ListClustersCommand({}))
    expect(clusterArns).toEqual([expect.stringMatching(/cluster\/default$/), cluster?.clusterArn])
    const described = await local.client.send(
      new DescribeClustersCommand({ clusters: ['second', 'default', 'third'] }),
    )
    expect(described.clusters?.map(({ clusterName }) => clusterName)).toEqual(['second', 'default'])
    expect(described.failures).toEqual([{ arn: expect.stringMatching(/cluster\/third$/), reason: 'MISSING' }])
  })

  it('keep their tasks apart', async () => {
    await local.client.send(new CreateClusterCommand({ clusterName: 'apart' }))
    const arn = await local.run({ cluster: 'apart' })
    const list = async (cluster: string) =>
      (await local.client.send(new ListTasksCommand({ cluster }))).taskArns ?? []
    expect(await list('apart')).toEqual([arn])
    expect(await list('default')).not.toContain(arn)
    await local.client.send(new StopTaskCommand({ cluster: 'apart', task: arn }))
  })
})

describe('services', () => {
  const vpc: NetworkConfiguration = {
    awsvpcConfiguration: { subnets: [SUBNET], assignPublicIp: 'ENABLED' },
  }

  it('tell a client how their tasks are run', async () => {
    const create = new CreateServiceCommand({
      serviceName: 'web',
      taskDefinition: 'fargate-login',
      launchType: 'FARGATE',
      networkConfiguration: vpc,
      desiredCount: 1,
    })
    await local.client.send(create)
    const { services } = await local.client.send(new DescribeServicesCommand({ services: ['web'] }))
    expect(services).toEqual([
      expect.objectContaining({
        serviceName: 'web',
        status: 'ACTIVE',
        taskDefinition: expect.stringMatching(/task-definition\/fargate-login:1$/),
        launchType: 'FARGATE',
        platformVersion: 'LATEST',
        networkConfiguration: { awsvpcConfiguration: { securityGroups: [], ...vpc.awsvpcConfiguration } },
        deploymentController: { type: 'ECS' },
      }),
    ])
    await expect(local.client.send(create)).rejects.toThrow('Creation of service was not idempotent.')
    const { serviceArns } = await local.client.send(new ListServicesCommand({}))
    expect(serviceArns).toEqual([services?.[0]?.serviceArn])
  })

  it('show a capacity provider strategy instead of a launch type', async () => {
    const strategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }]
    const { service } = await local.client.send(
      new CreateServiceCommand({
        serviceName: 'spot',
        taskDefinition: 'fargate-login',
        capacityProviderStrategy: strategy,
        networkConfiguration: vpc,
      }),
    )
    expect(service?.launchType).toBeUndefined()
    expect(service?.capacityProviderStrategy).toEqual(strategy)
  })

  it('have no task definition where an external controller deploys them', async () => {
    const external = { serviceName: 'external', deploymentController: { type: 'EXTERNAL' } } as const
    await local.client.send(new CreateServiceCommand(external))
    const { services } = await local.client.send(new DescribeServicesCommand({ services: ['external'] }))
    expect(services).toMatchObject([{ deploymentController: { type: 'EXTERNAL' } }])
    expect(services?.[0]?.taskDefinition).toBeUndefined()
    for (const wrong of [
      { ...external, taskDefinition: 'fargate-login' },
      { serviceName: 'none', deploymentController: { type: 'CODE_DEPLOY' } } as const,
    ]) {
      await expect(local.client.send(new CreateServiceCommand(wrong))).rejects.toMatchObject({
        name: 'InvalidParameterException',
      })
    }
  })

  it('are failures where they are missing', async () => {
    const { failures } = await local.client.send(new DescribeServicesCommand({ services: ['none'] }))
    expect(failures).toEqual([{ arn: expect.stringMatching(/service\/default\/none$/), reason: 'MISSING' }])
    const elsewhere = new DescribeServicesCommand({ cluster: 'nowhere', services: ['none'] })
    await expect(local.client.send(elsewhere)).rejects.toMatchObject({ name: 'ClusterNotFoundException' })
  })
})

describe('ListTasks', () => {
  it('filters, and takes no filter beside startedBy', async () => {
    const arn = await local.run({ startedBy: 'list/1' })
    const list = async (input: ListTasksCommandInput) =>
      (await local.client.send(new ListTasksCommand(input))).taskArns
    expect(await list({ startedBy: 'list/1' })).toEqual([arn])
    expect(await list({ startedBy: 'list/2' })).toEqual([])
    expect(await list({ family: 'fargate-login', launchType: 'FARGATE' })).toContain(arn)
    expect(await list({ family: 'other' })).toEqual([])
    await expect(list({ startedBy: 'list/1', family: 'fargate-login' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
    await local.client.send(new StopTaskCommand({ task: arn }))
    await local.until(arn, isIn('STOPPED'))
    expect(await list({})).not.toContain(arn)
    expect(await list({ desiredStatus: 'STOPPED' })).toContain(arn)
  })

  it('comes in pages', async () => {
    await using fresh = await startLocal({ imageDirectory: local.imageDirectory })
    const arns = [await fresh.run(), await fresh.run(), await fresh.run()]
    const pages: (readonly string[])[] = []
    for await (const { taskArns } of paginateListTasks({ client: fresh.client, pageSize: 2 }, {})) {
      pages.push(taskArns ?? [])
    }
    expect(pages).toEqual([arns.slice(0, 2), arns.slice(2)])
    await expect(fresh.client.send(new ListTasksCommand({ nextToken: 'made-up' }))).rejects.toThrow(/token/)
  })
})

describe('tags', () => {
  it('are added to any resource, and replace those of the same key', async () => {
    const arn = await local.run({ tags: [{ key: 'a', value: '1' }] })
    const added = [
      { key: 'a', value: '2' },
      { key: 'b', value: '' },
    ]
    await local.client.send(new TagResourceCommand({ resourceArn: arn, tags: added }))
    const { tags } = await local.client.send(new ListTagsForResourceCommand({ resourceArn: arn }))
    expect(tags).toEqual(added)
    const nothing = new ListTagsForResourceCommand({ resourceArn: `${arn}0` })
    await expect(local.client.send(nothing)).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })
})

describe('tags that are taken away', () => {
  it('are gone from any resource, and keys that are not there change nothing', async () => {
    const { cluster } = await local.client.send(
      new CreateClusterCommand({
        clusterName: 'untagged',
        tags: [
          { key: 'a', value: '1' },
          { key: 'b', value: '2' },
        ],
      }),
    )
    const resourceArn = cluster?.clusterArn
    await local.client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a', 'c'] }))
    const { tags } = await local.client.send(new ListTagsForResourceCommand({ resourceArn }))
    expect(tags).toEqual([{ key: 'b', value: '2' }])
  })

  it('are gone once a task has stopped, and it takes no others', async () => {
    const arn = await local.run({ tags: [{ key: 'a', value: '1' }] })
    expect((await local.describe(arn)).tags).toEqual([{ key: 'a', value: '1' }])
    await local.client.send(new StopTaskCommand({ task: arn }))
    expect((await local.until(arn, isIn('STOPPED'))).tags).toEqual([])
    const command = new TagResourceCommand({ resourceArn: arn, tags: [{ key: 'a', value: '2' }] })
    await expect(local.client.send(command)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'The specified task is stopped. Specify a running task and try again.',
    })
  })
})

describe('counts', () => {
  it('tell how many tasks of a cluster and of a service really run', async () => {
    await using slow = await startLocal({
      imageDirectory: local.imageDirectory,
      delays: { ACTIVATING: 60_000 },
    })
    const { client } = slow
    const vpc = { awsvpcConfiguration: { subnets: [SUBNET] } }
    const definition = { taskDefinition: 'fargate-login', networkConfiguration: vpc }
    await client.send(
      new CreateServiceCommand({ serviceName: 'web', desiredCount: 5, launchType: 'FARGATE', ...definition }),
    )
    await slow.run({ group: 'service:web' })
    await slow.run()
    const { services } = await client.send(new DescribeServicesCommand({ services: ['web'] }))
    expect(services?.[0]).toMatchObject({ desiredCount: 5, runningCount: 0, pendingCount: 1 })
    const include: ClusterField[] = ['STATISTICS']
    const { clusters } = await client.send(new DescribeClustersCommand({ include }))
    expect(clusters?.[0]).toMatchObject({
      runningTasksCount: 0,
      pendingTasksCount: 2,
      activeServicesCount: 1,
    })
    expect(clusters?.[0]?.statistics).toContainEqual({ name: 'pendingFargateTasksCount', value: '2' })
  })

  it('keep a cluster from being deleted', async () => {
    await local.client.send(new CreateClusterCommand({ clusterName: 'busy' }))
    const arn = await local.run({ cluster: 'busy' })
    const command = new DeleteClusterCommand({ cluster: 'busy' })
    await expect(local.client.send(command)).rejects.toMatchObject({
      name: 'ClusterContainsTasksException',
      message: 'The Cluster cannot be deleted while Tasks are active.',
    })
    await local.client.send(new StopTaskCommand({ cluster: 'busy', task: arn }))
  })
})

describe('UpdateService', () => {
  it('makes a new deployment unless only the count changes', async () => {
    const vpc = { awsvpcConfiguration: { subnets: [SUBNET] } }
    const input = {
      taskDefinition: 'fargate-login',
      launchType: 'FARGATE',
      networkConfiguration: vpc,
    } as const
    const created = await local.client.send(new CreateServiceCommand({ serviceName: 'updated', ...input }))
    const update = async (changes: object) => {
      const command = new UpdateServiceCommand({ service: 'updated', ...changes })
      return (await local.client.send(command)).service
    }
    const deployment = created.service?.deployments?.[0]?.id
    const counted = await update({ desiredCount: 3 })
    expect(counted).toMatchObject({
      desiredCount: 3,
      launchType: 'FARGATE',
      deployments: [{ id: deployment }],
    })
    const forced = await update({ forceNewDeployment: true })
    expect(forced?.deployments?.[0]?.id).not.toBe(deployment)
    const strategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }]
    const moved = await update({ capacityProviderStrategy: strategy })
    expect(moved).toMatchObject({ desiredCount: 3, capacityProviderStrategy: strategy })
    expect(moved?.launchType).toBeUndefined()
  })
})

describe('EC2 and STS', () => {
  it('know the container instance of a task on EC2', async () => {
    const arn = await local.run({
      launchType: 'EC2',
      networkConfiguration: { awsvpcConfiguration: { subnets: [SUBNET] } },
    })
    const instance = (await local.describe(arn)).containerInstanceArn ?? ''
    const { containerInstances, failures } = await local.client.send(
      new DescribeContainerInstancesCommand({ containerInstances: [instance, 'f'.repeat(32)] }),
    )
    expect(failures).toEqual([{ arn: expect.stringMatching(/default\/f{32}$/), reason: 'MISSING' }])
    const id = containerInstances?.[0]?.ec2InstanceId ?? ''
    const { Reservations } = await local.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }))
    expect(Reservations?.[0]?.Instances?.[0]).toMatchObject({
      InstanceId: id,
      PrivateIpAddress: '127.0.0.1',
      PublicIpAddress: '127.0.0.1',
      State: { Name: 'running' },
    })
  })

  it('filter network interfaces, and refuse those that are not there', async () => {
    const task = await local.until(await local.run(), isIn('RUNNING'))
    const id = attachmentDetail(task, 'networkInterfaceId') ?? ''
    const address = attachmentDetail(task, 'privateIPv4Address') ?? ''
    const Filters = [
      { Name: 'private-ip-address', Values: [address] },
      { Name: 'subnet-id', Values: ['subnet-*'] },
    ]
    const { NetworkInterfaces } = await local.ec2.send(new DescribeNetworkInterfacesCommand({ Filters }))
    expect(NetworkInterfaces?.map((found) => found.NetworkInterfaceId)).toEqual([id])
    const missing = new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: ['eni-1'] })
    await expect(local.ec2.send(missing)).rejects.toMatchObject({
      name: 'InvalidNetworkInterfaceID.NotFound',
      message: "The networkInterface ID 'eni-1' does not exist",
    })
    const unknown = new DescribeNetworkInterfacesCommand({ Filters: [{ Name: 'colour', Values: ['red'] }] })
    await expect(local.ec2.send(unknown)).rejects.toMatchObject({ name: 'InvalidParameterValue' })
  })

  it('know the subnets and security groups', async () => {
    const { Subnets } = await local.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [IPV6_SUBNET] }))
    expect(Subnets).toMatchObject([{ SubnetId: IPV6_SUBNET, Ipv6Native: true, MapPublicIpOnLaunch: false }])
    expect((await local.ec2.send(new DescribeSubnetsCommand({}))).Subnets).toHaveLength(3)
    const groups = new DescribeSecurityGroupsCommand({
      Filters: [{ Name: 'group-name', Values: ['default'] }],
    })
    expect((await local.ec2.send(groups)).SecurityGroups).toMatchObject([
      { GroupId: local.ecs.environment.FARGATE_LOGIN_SECURITY_GROUPS },
    ])
    const malformed = new DescribeSecurityGroupsCommand({ GroupIds: ['default'] })
    await expect(local.ec2.send(malformed)).rejects.toMatchObject({
      name: 'InvalidGroupId.Malformed',
      message: 'Invalid id: "default" (expecting "sg-...")',
    })
    const missing = new DescribeSubnetsCommand({ SubnetIds: ['subnet-1'] })
    await expect(local.ec2.send(missing)).rejects.toMatchObject({ name: 'InvalidSubnetID.NotFound' })
  })

  it('know the caller', async () => {
    const { Arn, Account } = await local.sts.send(new GetCallerIdentityCommand({}))
    expect({ Arn, Account }).toEqual({ Arn: 'arn:aws:iam::000000000000:user/local', Account: '000000000000' })
  })

  it('give keys for any role', async () => {
    const role = { RoleArn: 'arn:aws:iam::123456789012:role/path/web', RoleSessionName: 'me' }
    const { Credentials, AssumedRoleUser } = await local.sts.send(new AssumeRoleCommand(role))
    expect(Credentials).toEqual({
      AccessKeyId: 'ASIAWEB',
      SecretAccessKey: 'local',
      SessionToken: 'local-web',
      Expiration: expect.any(Date),
    })
    expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::000000000000:assumed-role/web/me')
    const withToken = new AssumeRoleWithWebIdentityCommand({ ...role, WebIdentityToken: 'a.b.c' })
    expect((await local.sts.send(withToken)).Credentials?.AccessKeyId).toBe('ASIAWEB')
  })

  it.each([
    [{ SerialNumber: 'device', TokenCode: '000000' }, 'AccessDenied'],
    [{ SerialNumber: 'device', TokenCode: '12' }, 'AccessDenied'],
    [{ TokenCode: '123456' }, 'ValidationError'],
    [{ RoleArn: 'web' }, 'InvalidParameterValue'],
  ])('refuse a role with %o', async (members, name) => {
    const role = { RoleArn: 'arn:aws:iam::123456789012:role/web', RoleSessionName: 'me', ...members }
    await expect(local.sts.send(new AssumeRoleCommand(role))).rejects.toMatchObject({ name })
  })
})
