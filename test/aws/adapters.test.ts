import { CreateServiceCommand, DeregisterTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeAws } from '../../cli/aws/aws.ts'
import { embeddedClients } from '../../cli/aws/clients.ts'
import type { RunTaskRequest } from '../../cli/core/plan/run-task-request.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { register } from '../helpers/register.ts'

const NEVER = new AbortController().signal
let test: TestEcs
let aws: ReturnType<typeof makeAws>

function clientsOf(endpointUrl: string) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  return embeddedClients({ endpointUrl, region: 'us-east-1', credentials })
}

beforeAll(async () => {
  test = await startEcs()
  aws = makeAws(clientsOf(test.ecs.endpointUrl), { profile: 'dev' })
})
beforeEach(() => test.ecs.faults.clear())
afterAll(() => test[Symbol.asyncDispose]())

describe('the AWS adapters', () => {
  it('know who calls', async () => {
    expect(await aws.identity.callerArn(NEVER)).toMatch(/^arn:aws:/)
  })

  it('read a service and its task definition', async () => {
    await register(test.client, {
      family: 'web',
      containerDefinitions: [{ name: 'app', image: 'example/web' }],
    })
    const subnets = (test.variables.FARGATE_LOGIN_SUBNETS ?? '').split(',')
    await test.client.send(
      new CreateServiceCommand({
        serviceName: 'web',
        taskDefinition: 'web',
        desiredCount: 0,
        launchType: 'FARGATE',
        networkConfiguration: { awsvpcConfiguration: { subnets, assignPublicIp: 'DISABLED' } },
      }),
    )
    const service = await aws.definitions.describeService('default', 'web', NEVER)
    expect(service).toMatchObject({ launchType: 'FARGATE', network: { subnets, assignPublicIp: false } })
    const definition = await aws.definitions.describeTaskDefinition(service.taskDefinition, NEVER)
    expect(definition).toMatchObject({ networkMode: 'awsvpc', containers: [{ name: 'app' }], unread: [] })
  })

  it.each([
    ['a service', () => aws.definitions.describeService('default', 'nope', NEVER), 'service-unusable'],
    ['a cluster', () => aws.definitions.describeService('nope', 'web', NEVER), 'aws-refused'],
    ['a task definition', () => aws.definitions.describeTaskDefinition('nope', NEVER), 'aws-refused'],
  ] as const)('say what to check when %s is not there', async (_, call, code) => {
    await expect(call()).rejects.toMatchObject({ code, hint: expect.stringContaining('--region') })
  })

  it('know when others register in the same family', async () => {
    const message = 'Too many concurrent attempts to create a new revision of the specified family.'
    test.ecs.faults.add({ operation: 'RegisterTaskDefinition', error: 'ClientException', message })
    const registering = aws.definitions.registerTaskDefinition(
      { family: 'busy', containerDefinitions: [] },
      NEVER,
    )
    await expect(registering).rejects.toMatchObject({ code: 'register-busy' })
  })

  it('know a task definition that has been deregistered', async () => {
    const containerDefinitions = [{ name: 'app', image: 'a', memory: 64 }]
    const arn = await aws.definitions.registerTaskDefinition({ family: 'gone', containerDefinitions }, NEVER)
    await test.client.send(new DeregisterTaskDefinitionCommand({ taskDefinition: arn }))
    expect((await aws.definitions.describeTaskDefinition(arn, NEVER)).document.status).toBe('INACTIVE')
    const request = { cluster: 'default', taskDefinition: arn, count: 1 } as unknown as RunTaskRequest
    await expect(aws.tasks.runTask(request, NEVER)).rejects.toMatchObject({
      code: 'task-definition-inactive',
    })
  })

  it('know what of a task definition the SDK does not', async () => {
    const containerDefinitions = [
      { name: 'app', image: 'a', memory: 64, newMember: { key: 'x' }, emptyMember: [] },
    ]
    await fetch(test.ecs.endpointUrl, {
      method: 'POST',
      headers: {
        authorization: 'x',
        'x-amz-target': 'AmazonEC2ContainerServiceV20141113.RegisterTaskDefinition',
      },
      body: JSON.stringify({ family: 'newer', containerDefinitions }),
    })
    const { unread, document } = await aws.definitions.describeTaskDefinition('newer', NEVER)
    expect(unread).toEqual(['containerDefinitions[].newMember'])
    expect(document).toMatchObject({ family: 'newer', containerDefinitions: [{ name: 'app' }] })
  })

  it('take a task and an ENI that AWS does not know yet for nothing', async () => {
    const arn = 'arn:aws:ecs:us-east-1:000000000000:task/default/00000000000000000000000000000000'
    expect(await aws.tasks.describeTask('default', arn, NEVER)).toBeUndefined()
    expect(await aws.addresses.publicIp('eni-00000000000000000', NEVER)).toBeNull()
  })

  it('tell a refusal from trouble that may pass', async () => {
    test.ecs.faults.add({ operation: 'DescribeTaskDefinition', error: 'AccessDeniedException' })
    await expect(aws.definitions.describeTaskDefinition('web', NEVER)).rejects.toMatchObject({
      code: 'aws-refused',
      message: expect.stringContaining('AccessDeniedException'),
      hint: expect.stringContaining('ecs:DescribeTaskDefinition'),
    })
    test.ecs.faults.clear()
    test.ecs.faults.add({ operation: 'DescribeTaskDefinition', error: 'ThrottlingException' })
    await expect(aws.definitions.describeTaskDefinition('web', NEVER)).rejects.toMatchObject({
      code: 'aws-unreachable',
    })
  })

  it('ride out what passes within a few tries', async () => {
    test.ecs.faults.add({ operation: 'DescribeTaskDefinition', times: 2, error: 'ThrottlingException' })
    expect(await aws.definitions.describeTaskDefinition('web', NEVER)).toMatchObject({
      networkMode: 'awsvpc',
    })
  })

  it('obey a cancel, with its reason', async () => {
    const reason = new Error('enough')
    await expect(aws.definitions.describeTaskDefinition('web', AbortSignal.abort(reason))).rejects.toBe(
      reason,
    )
  })

  it.each(['127.0.0.1', '[::1]', 'localhost'])(
    'say that nothing listens on %s, and how to go on',
    async (host) => {
      const access = { endpointUrl: `http://${host}:1`, region: 'us-east-1' }
      await expect(
        makeAws(clientsOf(access.endpointUrl), access).identity.callerArn(NEVER),
      ).rejects.toMatchObject({
        code: 'aws-unreachable',
        awsCode: 'ECONNREFUSED',
        message: expect.stringMatching(/^sts:GetCallerIdentity: nothing listens on .*:1\.$/),
        hint: expect.stringMatching(/\neval "\$\(fargate-login local --detach\)"\n.*\neval .* --stop/),
      })
    },
  )

  it('do not blame a local ECS for a proxy of this machine that has ended', async () => {
    const access = { endpointUrl: 'http://127.0.0.1:1', region: 'us-east-1' }
    const other = { endpointUrl: 'https://ecs.eu-west-1.amazonaws.com' }
    await expect(
      makeAws(clientsOf(access.endpointUrl), other).identity.callerArn(NEVER),
    ).rejects.toMatchObject({
      message: expect.stringMatching(/nothing listens on 127\.0\.0\.1:1/),
      hint: expect.stringMatching(/HTTPS_PROXY/),
    })
  })
})

describe('registering a task definition', () => {
  const register = () =>
    aws.definitions.registerTaskDefinition(
      { family: 'new', containerDefinitions: [{ name: 'a', image: 'a', memory: 64 }] },
      NEVER,
    )
  const fault = (error: string, message?: string) =>
    test.ecs.faults.add({ operation: 'RegisterTaskDefinition', error, ...(message && { message }) })

  it('gives the ARN of the revision', async () => {
    expect(await register()).toMatch(/:task-definition\/new:1$/)
  })

  it.each([
    ['register', 'ecs:RegisterTaskDefinition'],
    ['pass the roles', 'iam:PassRole'],
  ])('tells whoever may not %s that somebody else may', async (_, action) => {
    fault('AccessDeniedException', `User: x is not authorized to perform: ${action} on resource: y`)
    await expect(register()).rejects.toMatchObject({ code: 'register-refused' })
  })

  it('says --no-tags where only tagging is not allowed', async () => {
    fault('AccessDeniedException', 'User: x is not authorized to perform: ecs:TagResource on resource: y')
    await expect(register()).rejects.toMatchObject({
      code: 'aws-refused',
      hint: expect.stringContaining('--no-tags'),
    })
  })

  it.each(['ExpiredTokenException', 'ClientException', 'InvalidParameterException'])(
    'takes %s for what it is',
    async (error) => {
      fault(error)
      await expect(register()).rejects.toMatchObject({ code: 'aws-refused' })
    },
  )
})
