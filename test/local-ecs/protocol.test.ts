import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLocalEcs } from '../../local-ecs/local-ecs.ts'
import { LocalEcsError } from '../../local-ecs/local-ecs-error.ts'
import { type StubLocal, startStub } from './start.ts'

let local: StubLocal

beforeAll(async () => {
  local = await startStub()
})
afterAll(() => local[Symbol.asyncDispose]())

const SIGNED = { authorization: 'AWS4-HMAC-SHA256 Credential=x' }

function target(operation: string) {
  return { 'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}` }
}

function post(headers: Record<string, string>, body: string): Promise<Response> {
  return fetch(local.ecs.endpointUrl, { method: 'POST', headers, body })
}

function form(fields: Record<string, string>): string {
  return new URLSearchParams(fields).toString()
}

describe('AWS JSON', () => {
  it('answers with the content type and a request id', async () => {
    const response = await post({ ...SIGNED, ...target('ListClusters') }, '{}')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.1')
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/)
    expect(await response.json()).toEqual({ clusterArns: [expect.any(String)] })
  })

  const wrong: [string, Record<string, string>, string, string][] = [
    ['an unsigned request', target('ListClusters'), '{}', 'MissingAuthenticationTokenException'],
    ['an unknown operation', { ...SIGNED, ...target('Fly') }, '{}', 'UnknownOperationException'],
    ['another service', { ...SIGNED, 'x-amz-target': 'Kinesis.Fly' }, '{}', 'UnknownOperationException'],
    ['what is no JSON', { ...SIGNED, ...target('ListClusters') }, '{', 'SerializationException'],
    [
      'a wrong type',
      { ...SIGNED, ...target('ListClusters') },
      '{"maxResults":"1"}',
      'SerializationException',
    ],
    ['a missing member', { ...SIGNED, ...target('StopTask') }, '{}', 'InvalidParameterException'],
  ]
  for (const [what, headers, body, type] of wrong) {
    it(`refuses ${what}`, async () => {
      const response = await post(headers, body)
      expect(response.status).toBe(400)
      expect(response.headers.get('x-amzn-errortype')).toBe(type)
      expect(await response.json()).toEqual({ __type: type, message: expect.stringMatching(/./) })
    })
  }
})

describe('the Query protocol', () => {
  it('answers EC2 in its own XML', async () => {
    const fields = {
      Action: 'DescribeSecurityGroups',
      Version: '2016-11-15',
      'GroupId.1': 'sg-0f000000000000001',
    }
    const text = await (await post(SIGNED, form(fields))).text()
    expect(text).toMatch(
      /<DescribeSecurityGroupsResponse xmlns="http:\/\/ec2\.amazonaws\.com\/doc\/2016-11-15\/">/,
    )
    expect(text).toMatch(/<securityGroupInfo><item><groupId>sg-0f000000000000001<\/groupId>/)
  })

  it('refuses in EC2 form, markup made harmless', async () => {
    const fields = { Action: 'DescribeSubnets', Version: '2016-11-15', 'SubnetId.1': '<&>' }
    const response = await post(SIGNED, form(fields))
    expect(response.status).toBe(400)
    expect(await response.text()).toMatch(
      /<Response><Errors><Error><Code>InvalidSubnetID\.NotFound<\/Code><Message>The subnet ID '&lt;&amp;&gt;' does not exist<\/Message><\/Error><\/Errors><RequestID>/,
    )
  })

  it('refuses in STS form', async () => {
    const response = await post({}, form({ Action: 'GetCallerIdentity', Version: '2011-06-15' }))
    expect(response.status).toBe(403)
    expect(await response.text()).toMatch(
      /<ErrorResponse .*<Error><Type>Sender<\/Type><Code>MissingAuthenticationToken<\/Code>/,
    )
  })

  it('refuses unknown actions and versions', async () => {
    for (const fields of [
      { Action: 'Fly', Version: '2016-11-15' },
      { Action: 'GetCallerIdentity', Version: '1' },
    ]) {
      const response = await post(SIGNED, form(fields))
      expect([response.status, await response.text()]).toEqual([400, expect.stringMatching(/InvalidAction/)])
    }
  })
})

describe('the endpoint', () => {
  it('says what it is to a browser', async () => {
    const response = await fetch(local.ecs.endpointUrl)
    expect([response.status, await response.text()]).toEqual([404, expect.stringMatching(/local ECS/)])
  })

  it('does not start on a port in use, and says what to do', async () => {
    const port = Number(new URL(local.ecs.endpointUrl).port)
    const start = startLocalEcs({ imageDirectory: local.imageDirectory, runner: 'process', port })
    const error = await start.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(LocalEcsError)
    expect(error).toMatchObject({ code: 'port-unusable', hint: expect.stringMatching(/--port/) })
  })

  it('does not start without the image', async () => {
    const start = startLocalEcs({ imageDirectory: '/no/such/image', runner: 'process' })
    await expect(start).rejects.toMatchObject({ code: 'image-missing' })
  })

  it('does not start when that was cancelled', async () => {
    const start = startLocalEcs({
      imageDirectory: local.imageDirectory,
      runner: 'process',
      signal: AbortSignal.abort(new Error('cancelled')),
    })
    await expect(start).rejects.toThrow('cancelled')
  })

  it('tells any client how to reach it', () => {
    expect(local.ecs.environment).toEqual({
      AWS_ENDPOINT_URL: local.ecs.endpointUrl,
      AWS_ACCESS_KEY_ID: expect.any(String),
      AWS_SECRET_ACCESS_KEY: expect.any(String),
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      FARGATE_LOGIN_CLUSTER: 'default',
      FARGATE_LOGIN_TASK_DEFINITION: 'fargate-login',
      FARGATE_LOGIN_TOOLKIT_IMAGE: expect.stringMatching(/^fargate-login-sshd:[0-9a-f]{12}$/),
      FARGATE_LOGIN_SUBNETS: expect.stringMatching(/^subnet-/),
      FARGATE_LOGIN_SECURITY_GROUPS: expect.stringMatching(/^sg-/),
    })
  })
})
