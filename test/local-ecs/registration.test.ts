import {
  type ContainerDefinition,
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionsCommand,
  type ListTaskDefinitionsCommandInput,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FARGATE } from '../helpers/register.ts'
import { isIn, type StubLocal, startStub } from './start.ts'

type Registration = RegisterTaskDefinitionCommandInput

const ON_FARGATE: Registration = {
  family: 'checked',
  ...FARGATE,
  containerDefinitions: [{ name: 'app', image: 'app' }],
}

const INSTANCE: Registration = {
  family: 'checked',
  containerDefinitions: [{ name: 'app', image: 'app', memory: 128 }],
}

/** The app's container with these members, and others. */
function containers(
  members: Partial<ContainerDefinition>,
  ...others: readonly Partial<ContainerDefinition>[]
) {
  const all = [{ name: 'app', ...members }, ...others.map((other) => ({ essential: false, ...other }))]
  return { containerDefinitions: all.map((each) => ({ image: 'app', ...each })) }
}

function waitsFor(containerName: string, condition: 'START' | 'COMPLETE' | 'SUCCESS' | 'HEALTHY') {
  return { dependsOn: [{ containerName, condition }] }
}

describe('RegisterTaskDefinition', () => {
  let local: StubLocal

  beforeAll(async () => {
    local = await startStub()
  })
  afterAll(() => local[Symbol.asyncDispose]())

  function register(input: Registration) {
    return local.client.send(new RegisterTaskDefinitionCommand(input))
  }

  const awsvpc: Record<string, [Partial<Registration>, RegExp]> = {
    'a mount of an unknown volume': [
      containers({ mountPoints: [{ sourceVolume: 'other', containerPath: '/x' }] }),
      /^Unknown volume 'other'\.$/,
    ],
    'two volumes of a name': [{ volumes: [{ name: 'a' }, { name: 'a' }] }, /^Duplicate volume name 'a'/],
    'volumes from an unknown container': [
      containers({ volumesFrom: [{ sourceContainer: 'other' }] }),
      /'other'/,
    ],
    'a dependency on an unknown container': [containers(waitsFor('other', 'START')), /'other'/],
    'a dependency on the success of an essential container': [
      containers(waitsFor('base', 'SUCCESS'), { name: 'base', essential: true }),
      /^A dependency container with SUCCESS or COMPLETE condition cannot be an essential container$/,
    ],
    'a dependency on the health of what is not checked': [
      containers(waitsFor('base', 'HEALTHY'), { name: 'base' }),
      /HEALTHY/,
    ],
    'containers that wait for each other': [
      containers(
        waitsFor('a', 'START'),
        { name: 'a', ...waitsFor('b', 'START') },
        { name: 'b', ...waitsFor('app', 'START') },
      ),
      /cyclic/,
    ],
    'a container that waits for itself': [containers(waitsFor('app', 'START')), /cyclic/],
    'a cycle by way of volumesFrom': [
      containers(waitsFor('a', 'START'), { name: 'a', volumesFrom: [{ sourceContainer: 'app' }] }),
      /cyclic/,
    ],
    'a secret with the name of a variable': [
      containers({ environment: [{ name: 'X', value: '' }], secrets: [{ name: 'X', valueFrom: 'x' }] }),
      /^The secret name must be unique and not shared with any new or existing environment variables set on the container, such as 'X'\.$/,
    ],
    'two secrets of a name': [
      containers({
        secrets: [
          { name: 'X', valueFrom: 'x' },
          { name: 'X', valueFrom: 'y' },
        ],
      }),
      /^Duplicate secret names found: X\. Each secret name must be unique\.$/,
    ],
    'the log driver awsfirelens without its container': [
      containers({ logConfiguration: { logDriver: 'awsfirelens' } }),
      /^When awsfirelens log driver is specified in log configuration, a firelens configuration object must be configured/,
    ],
    'a health check that is none': [containers({ healthCheck: { command: ['true'] } }), /CMD or CMD-SHELL/],
    'a health check every second': [
      containers({ healthCheck: { command: ['CMD', 'true'], interval: 1 } }),
      /interval .* between 5 and 300/,
    ],
    'a hostname, where the task has its own network': [
      containers({ hostname: 'x' }),
      /^hostname is not supported on container when networkMode=awsvpc\.$/,
    ],
    'links, where the task has its own network': [
      containers({ links: ['x'] }),
      /^Links are not supported when networkMode=awsvpc\.$/,
    ],
    'eleven containers': [
      { containerDefinitions: Array.from({ length: 11 }, (_, n) => ({ name: `c${n}`, image: 'app' })) },
      /^Too many containers/,
    ],
    'more than 64 KiB': [
      containers({ environment: [{ name: 'X', value: 'x'.repeat(65_536) }] }),
      /^Actual length: '\d+'\. Max allowed length is '65536' bytes\.$/,
    ],
    'an unknown pidMode': [{ pidMode: 'all' as never }, /pidMode/],
  }
  for (const [what, [input, message]] of Object.entries(awsvpc)) {
    it(`refuses ${what}`, async () => {
      await expect(register({ ...ON_FARGATE, ...input })).rejects.toMatchObject({
        name: 'ClientException',
        message: expect.stringMatching(message),
      })
    })
  }

  const linux = (linuxParameters: ContainerDefinition['linuxParameters']) => containers({ linuxParameters })
  const notOnFargate: Record<string, [Partial<Registration>, RegExp]> = {
    'a directory of the host': [
      { volumes: [{ name: 'a', host: { sourcePath: '/a' } }] },
      /^Fargate compatible task definitions do not support sourcePath$/,
    ],
    'a docker volume': [
      { volumes: [{ name: 'a', dockerVolumeConfiguration: { scope: 'task' } }] },
      /^Fargate compatible task definitions do not support dockerVolumeConfiguration$/,
    ],
    'a privileged container': [containers({ privileged: true }), /do not support privileged$/],
    'a capability more': [linux({ capabilities: { add: ['SYS_PTRACE', 'NET_ADMIN'] } }), /\[NET_ADMIN\]$/],
    'a larger shared memory': [linux({ sharedMemorySize: 64 }), /do not support sharedMemorySize$/],
    "the host's processes": [
      { pidMode: 'host' },
      /^Tasks using the Fargate launch type do not support pidMode 'host'\. The supported value for pidMode is 'task'\.$/,
    ],
    'a kernel parameter beside those of the network': [
      containers({ systemControls: [{ namespace: 'kernel.msgmax', value: '1' }] }),
      /kernel\.msgmax$/,
    ],
  }
  for (const [what, [input, message]] of Object.entries(notOnFargate)) {
    it(`refuses on Fargate ${what}, and takes it on an instance`, async () => {
      await expect(register({ ...ON_FARGATE, ...input })).rejects.toMatchObject({
        name: 'ClientException',
        message: expect.stringMatching(message),
      })
      const { taskDefinition } = await register({ ...ON_FARGATE, ...input, requiresCompatibilities: ['EC2'] })
      expect(taskDefinition?.compatibilities).toEqual(['EC2'])
      const run = local.run({ taskDefinition: 'checked', overrides: undefined })
      await expect(run).rejects.toThrow('Task definition does not support launch_type FARGATE.')
    })
  }

  it('wants memory of the task or of each container', async () => {
    await expect(register({ ...INSTANCE, ...containers({}) })).rejects.toMatchObject({
      name: 'ClientException',
      message:
        "Invalid setting for container 'app'. At least one of 'memory' or 'memoryReservation' must be specified.",
    })
    await register({ ...INSTANCE, ...containers({ memoryReservation: 64 }) })
    await register({ ...INSTANCE, ...containers({}), memory: '128' })
  })

  const unavailable: [string, NonNullable<Registration['volumes']>[number]][] = [
    ['EFS', { name: 'a', efsVolumeConfiguration: { fileSystemId: 'fs-1' } }],
    ['shared docker', { name: 'a', dockerVolumeConfiguration: { scope: 'shared' } }],
    ['EBS', { name: 'a', configuredAtLaunch: true }],
  ]
  it.each(unavailable)(
    'takes %s volumes, which the local ECS does not have: the task says so',
    async (_, volume) => {
      await register({ ...INSTANCE, volumes: [volume] })
      const arn = await local.run({
        taskDefinition: 'checked',
        launchType: 'EC2',
        networkConfiguration: undefined,
        overrides: undefined,
      })
      expect(await local.until(arn, isIn('STOPPED'))).toMatchObject({
        stopCode: 'TaskFailedToStart',
        stoppedReason: expect.stringMatching(/^ResourceInitializationError: failed to set up the volume a: /),
      })
    },
  )

  it("gives back what was registered, with ECS's own members", async () => {
    const app: ContainerDefinition = {
      name: 'app',
      image: 'app',
      cpu: 10,
      essential: true,
      entryPoint: ['/tool/start'],
      command: ['a', 'b'],
      user: '1000:1000',
      workingDirectory: '/app',
      environment: [{ name: 'A', value: 'b' }],
      secrets: [{ name: 'S', valueFrom: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:s-AbCdEf' }],
      portMappings: [{ containerPort: 80, hostPort: 80, protocol: 'tcp', name: 'web', appProtocol: 'http' }],
      mountPoints: [{ sourceVolume: 'tool', containerPath: '/tool', readOnly: true }],
      volumesFrom: [{ sourceContainer: 'setup' }],
      dependsOn: [{ containerName: 'setup', condition: 'SUCCESS' }],
      readonlyRootFilesystem: true,
      linuxParameters: { capabilities: { drop: ['ALL'] }, initProcessEnabled: true },
      systemControls: [{ namespace: 'net.core.somaxconn', value: '1024' }],
      ulimits: [{ name: 'nofile', softLimit: 1, hardLimit: 2 }],
      dockerLabels: { a: 'b' },
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': '/a', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'app' },
      },
      healthCheck: { command: ['CMD', 'true'], interval: 5, timeout: 2, retries: 1, startPeriod: 3 },
      stopTimeout: 3,
      startTimeout: 4,
      restartPolicy: { enabled: true },
      versionConsistency: 'disabled',
    }
    const given: Registration = {
      ...ON_FARGATE,
      family: 'whole',
      containerDefinitions: [app, { name: 'setup', image: 'setup', essential: false }],
      volumes: [{ name: 'tool', host: {} }],
      pidMode: 'task',
      taskRoleArn: 'arn:aws:iam::000000000000:role/task',
      executionRoleArn: 'arn:aws:iam::000000000000:role/execution',
      runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' },
      ephemeralStorage: { sizeInGiB: 30 },
      tags: [{ key: 'team', value: 'a' }],
    }
    await register(given)
    const { taskDefinition, tags } = await local.client.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: 'whole', include: ['TAGS'] }),
    )
    const { tags: _, ...members } = given
    expect(tags).toEqual(given.tags)
    expect(taskDefinition).toEqual({
      ...members,
      containerDefinitions: [
        app,
        {
          ...{ name: 'setup', image: 'setup', essential: false, cpu: 0, environment: [], mountPoints: [] },
          ...{ portMappings: [], systemControls: [], volumesFrom: [] },
        },
      ],
      taskDefinitionArn: expect.stringMatching(/:task-definition\/whole:1$/),
      revision: 1,
      status: 'ACTIVE',
      placementConstraints: [],
      compatibilities: ['EC2', 'FARGATE'],
      requiresAttributes: expect.arrayContaining([
        { name: 'com.amazonaws.ecs.capability.logging-driver.awslogs' },
        { name: 'ecs.capability.container-ordering' },
        { name: 'ecs.capability.secrets.asm.environment-variables' },
        { name: 'ecs.capability.task-eni' },
      ]),
      registeredAt: expect.any(Date),
      registeredBy: 'arn:aws:iam::000000000000:user/local',
    })
  })

  it('lists the definitions of a family by its whole name, both ways, page by page', async () => {
    for (const family of ['list', 'list', 'list', 'list-other']) await register({ ...ON_FARGATE, family })
    await local.client.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'list:2' }))
    const list = async (input: ListTaskDefinitionsCommandInput) => {
      const answer = await local.client.send(
        new ListTaskDefinitionsCommand({ familyPrefix: 'list', ...input }),
      )
      return { ...answer, names: answer.taskDefinitionArns?.map((arn) => arn.split('/')[1]) }
    }
    expect((await list({})).names).toEqual(['list:1', 'list:3'])
    expect((await list({ sort: 'DESC' })).names).toEqual(['list:3', 'list:1'])
    expect((await list({ status: 'INACTIVE' })).names).toEqual(['list:2'])
    const first = await list({ sort: 'DESC', maxResults: 1 })
    expect(first.names).toEqual(['list:3'])
    const second = await list({ sort: 'DESC', maxResults: 1, nextToken: first.nextToken })
    expect([second.names, second.nextToken]).toEqual([['list:1'], undefined])
    expect((await list({ familyPrefix: 'lis' })).names).toEqual([])
  })
})
