import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeAws } from '../../cli/aws/aws.ts'
import { embeddedClients } from '../../cli/aws/clients.ts'
import { FargateLoginError } from '../../cli/core/error.ts'
import type { RunTaskRequest } from '../../cli/core/plan/run-task-request.ts'

const NEVER = new AbortController().signal
const JSON_TYPE = 'application/x-amz-json-1.1'
let server: Server
let answer: (response: ServerResponse) => void
let aws: ReturnType<typeof makeAws>

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', () => answer(response))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const clients = embeddedClients({
    endpointUrl: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  aws = makeAws(clients, {})
})
afterEach(() => vi.restoreAllMocks())
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

function whole(status: number, body: string | Buffer, headers: Record<string, string> = {}) {
  return (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': JSON_TYPE, ...headers }).end(body)
  }
}

function cut(headers: Record<string, string> = {}) {
  return (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': JSON_TYPE, ...headers }).write('{"tasks": [{"taskArn": "')
    setTimeout(() => response.destroy(), 20)
  }
}

const CALLS = {
  DescribeServices: () => aws.definitions.describeService('c', 's', NEVER),
  DescribeTaskDefinition: () => aws.definitions.describeTaskDefinition('d', NEVER),
  RegisterTaskDefinition: () => aws.definitions.registerTaskDefinition({ family: 'f' }, NEVER),
  RunTask: () => aws.tasks.runTask({ cluster: 'c', taskDefinition: 'd' } as RunTaskRequest, NEVER),
  ListTasks: () => aws.tasks.listTasks('c', undefined, NEVER),
  DescribeTasks: () => aws.tasks.describeTask('c', 'arn', NEVER),
  DescribeNetworkInterfaces: () => aws.addresses.publicIp('eni-1', NEVER),
  GetCallerIdentity: () => aws.identity.callerArn(NEVER),
} as const

/** Each call's error; whatever is no error of ours, or long, fails the test. */
async function complaints(): Promise<Readonly<Record<string, FargateLoginError>>> {
  const told = await Promise.all(
    Object.entries(CALLS).map(async ([name, call]) => {
      const error: unknown = await call().then(
        (value) => new Error(`${name} gave ${JSON.stringify(value)}`),
        (reason) => reason,
      )
      if (!(error instanceof FargateLoginError)) throw error
      expect(error.message).toMatch(new RegExp(`^\\w+:${name}: `))
      expect(error.message).not.toMatch(/\n|\[object|undefined/)
      expect(error.message.length).toBeLessThan(2200)
      return [name, error] as const
    }),
  )
  return Object.fromEntries(told)
}

describe('what answers in the place of AWS', () => {
  it.each([
    ['JSON that is none', whole(200, '{"tasks": [}')],
    ['a page to sign in', whole(200, '<html><body>Welcome to the hotel', { 'content-type': 'text/html' })],
    ['a page of another kind', whole(200, '<html></html>', { 'content-type': 'text/html' })],
    ['nothing', whole(200, '')],
    ['no content', whole(204, '')],
    ['null', whole(200, 'null')],
    ['a number', whole(200, '5')],
    ['a list', whole(200, '[1]')],
    ['an error that calls itself a success', whole(200, '{"__type":"AccessDeniedException","message":"no"}')],
    ['ten megabytes of JSON', whole(200, JSON.stringify({ junk: 'x'.repeat(10_000_000) }))],
    ['gzip that is none', whole(200, '{"junk":[]}', { 'content-encoding': 'gzip' })],
    ['gzip', whole(200, gzipSync('{"tasks":[]}'), { 'content-encoding': 'gzip' })],
    ['wrong types', whole(200, '{"tasks":"a","services":5,"taskDefinition":[],"failures":"x"}')],
    ['a page that says 503', whole(503, '<html>', { 'content-type': 'text/html' })],
    ['an answer cut in the middle', cut()],
    ['an answer shorter than it said', cut({ 'content-length': '1000' })],
    ['another protocol', (response: ServerResponse) => void response.socket?.end('SSH-2.0-OpenSSH\r\n')],
  ])('is unreachable when it gives %s', async (_, given) => {
    answer = given
    for (const error of Object.values(await complaints())) {
      expect(error.code).toBe('aws-unreachable')
      expect(error.hint).toContain('--endpoint-url')
    }
  })

  it.each([
    ['a page that forbids', whole(403, '<html>no', { 'content-type': 'text/html' })],
    ['a bare 400', whole(400, '')],
    ['a redirection', whole(301, '', { location: 'http://127.0.0.1:1/' })],
    ['an error without form', whole(400, '{"__type":{"a":1},"message":{"toString":5}}')],
    ['a message that is no text', whole(400, '{"__type":"ClientException","message":{"toString":5}}')],
    ['ten megabytes of message', whole(400, `{"__type":"X","message":"${'z'.repeat(10_000_000)}"}`)],
    ['a message of many lines', whole(400, String.raw`{"__type":"X","message":"a\nfargate-login: b\r\n c"}`)],
  ])('refuses when it gives %s', async (_, given) => {
    answer = given
    for (const error of Object.values(await complaints())) expect(error.code).toBe('aws-refused')
  })

  it('gets no more than the time for an answer, even when it has begun', async () => {
    answer = (response) => void response.writeHead(200, { 'content-type': JSON_TYPE }).write('{"tasks"')
    const start = globalThis.setTimeout
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(((act: () => void, milliseconds?: number) =>
      start(act, milliseconds === 90_000 ? 300 : milliseconds)) as typeof setTimeout)
    for (const error of Object.values(await complaints())) {
      expect(error).toMatchObject({ code: 'aws-unreachable', message: expect.stringMatching(/within 90 s/) })
    }
  })

  it('obeys a cancel while an answer comes in', async () => {
    answer = (response) => void response.writeHead(200, { 'content-type': JSON_TYPE }).write('{"tasks"')
    const cancel = new AbortController()
    const call = aws.tasks.describeTask('c', 'arn', cancel.signal)
    setTimeout(() => cancel.abort(new Error('enough')), 50)
    await expect(call).rejects.toThrow('enough')
  })
})

describe('a list of tasks', () => {
  it('that has no end is given up', async () => {
    answer = whole(200, '{"taskArns":["a"],"nextToken":"again"}')
    await expect(CALLS.ListTasks()).rejects.toMatchObject({
      code: 'aws-unreachable',
      message: expect.stringMatching(/has no end/),
    })
  })
})

describe('a request', () => {
  it.each([
    ['RunTask', 1],
    ['DescribeTasks', 4],
  ] as const)('%s is made %i times when AWS has trouble that may pass', async (name, times) => {
    let requests = 0
    answer = (response) => {
      requests++
      whole(400, '{"__type":"ThrottlingException","message":"slow down"}')(response)
    }
    await expect(CALLS[name]()).rejects.toMatchObject({ code: 'aws-unreachable' })
    expect(requests).toBe(times)
  })
})

describe('an answer that lacks what matters', () => {
  it('never makes another task, or none, the one to watch and to stop', async () => {
    answer = whole(200, '{"tasks":[{"lastStatus":"RUNNING"}],"failures":[]}')
    await expect(CALLS.RunTask()).rejects.toMatchObject({ code: 'aws-unreachable' })
    expect(await CALLS.DescribeTasks()).toMatchObject({ arn: 'arn', lastStatus: 'RUNNING' })
  })

  it('is an error of ECS where ECS says so', async () => {
    answer = whole(200, '{"tasks":[],"failures":[{"reason":"RESOURCE:\\nENI","detail":7}]}')
    await expect(CALLS.RunTask()).rejects.toMatchObject({
      code: 'task-not-placed',
      message: 'ECS placed no task: RESOURCE: ENI',
    })
  })
})
