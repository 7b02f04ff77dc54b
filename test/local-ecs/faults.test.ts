import { DescribeNetworkInterfacesCommand } from '@aws-sdk/client-ec2'
import {
  DescribeTasksCommand,
  ListClustersCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Fault } from '../../local-ecs/faults/parse-fault.ts'
import { attachmentDetail, isIn, runTaskInput, type StubLocal, startStub } from './start.ts'

let local: StubLocal

beforeAll(async () => {
  local = await startStub()
})
afterAll(() => local[Symbol.asyncDispose]())
afterEach(() => local.ecs.faults.clear())

function listClusters(abortSignal?: AbortSignal) {
  return local.client.send(new ListClustersCommand({}), abortSignal && { abortSignal })
}

describe('a call', () => {
  const errors: [string, Fault, object][] = [
    [
      'is throttled',
      { operation: 'ListClusters', error: 'ThrottlingException' },
      { name: 'ThrottlingException', message: 'Rate exceeded', $metadata: { httpStatusCode: 400 } },
    ],
    [
      'is denied, in words of choice',
      { operation: 'ListClusters', error: 'AccessDeniedException', message: 'not you' },
      { name: 'AccessDeniedException', message: 'not you' },
    ],
    [
      'meets a server error',
      { operation: 'ListClusters', status: 500 },
      { name: 'InternalFailure', $metadata: { httpStatusCode: 500 } },
    ],
    [
      'meets a service that is unavailable',
      { operation: 'ListClusters', status: 503 },
      { name: 'ServiceUnavailable', $metadata: { httpStatusCode: 503 } },
    ],
    ['loses its connection', { operation: 'ListClusters', connection: 'reset' }, { code: 'ECONNRESET' }],
  ]
  for (const [what, fault, error] of errors) {
    it(what, async () => {
      local.ecs.faults.add(fault)
      await expect(listClusters()).rejects.toMatchObject(error)
    })
  }

  it('fails as often as was asked for, and not once more', async () => {
    local.ecs.faults.add({ operation: 'ListClusters', times: 2, error: 'ThrottlingException' })
    await expect(listClusters()).rejects.toThrow(/Rate/)
    await expect(listClusters()).rejects.toThrow(/Rate/)
    expect((await listClusters()).clusterArns).toHaveLength(1)
  })

  it('of another operation is not touched', async () => {
    local.ecs.faults.add({ operation: 'RunTask', error: 'ThrottlingException' })
    expect((await listClusters()).clusterArns).toHaveLength(1)
  })

  it('is never answered', async () => {
    local.ecs.faults.add({ operation: 'ListClusters', connection: 'hang' })
    await expect(listClusters(AbortSignal.timeout(200))).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('is answered late', async () => {
    local.ecs.faults.add({ operation: 'ListClusters', answerAfter: 150 })
    const start = Date.now()
    await listClusters()
    expect(Date.now() - start).toBeGreaterThanOrEqual(149)
  })

  it('is carried out, and its answer lost', async () => {
    local.ecs.faults.add({ operation: 'RunTask', connection: 'answer-lost', times: 1 })
    const input = runTaskInput({ clientToken: 'lost', startedBy: 'lost' })
    await expect(local.client.send(new RunTaskCommand(input))).rejects.toMatchObject({ code: 'ECONNRESET' })
    const { taskArns } = await local.client.send(new ListTasksCommand({ startedBy: 'lost' }))
    const { tasks } = await local.client.send(new RunTaskCommand(input))
    expect(tasks?.map(({ taskArn }) => taskArn)).toEqual(taskArns)
    expect(taskArns).toHaveLength(1)
  })

  it('is carried out, and never answered', async () => {
    local.ecs.faults.add({ operation: 'RunTask', connection: 'answer-withheld', times: 1 })
    const abortSignal = AbortSignal.timeout(500)
    const command = new RunTaskCommand(runTaskInput({ startedBy: 'withheld' }))
    await expect(local.client.send(command, { abortSignal })).rejects.toMatchObject({ name: 'AbortError' })
    const { taskArns } = await local.client.send(new ListTasksCommand({ startedBy: 'withheld' }))
    expect(taskArns).toHaveLength(1)
  })

  it('finds no capacity', async () => {
    const failure =
      'Capacity is unavailable at this time. Please try again later or in a different availability zone'
    local.ecs.faults.add({ operation: 'RunTask', failure })
    const { tasks, failures } = await local.client.send(new RunTaskCommand(runTaskInput()))
    expect({ tasks, failures }).toEqual({ tasks: [], failures: [{ reason: failure }] })
  })

  it('finds a task missing that is there', async () => {
    const arn = await local.run()
    local.ecs.faults.add({ operation: 'DescribeTasks', failure: 'MISSING', times: 1 })
    const describeIt = () => local.client.send(new DescribeTasksCommand({ tasks: [arn] }))
    expect(await describeIt()).toMatchObject({ tasks: [], failures: [{ arn, reason: 'MISSING' }] })
    expect(await describeIt()).toMatchObject({ tasks: [{ taskArn: arn }], failures: [] })
  })

  it('to register is denied, in the words of AWS', async () => {
    local.ecs.faults.add({ operation: 'RegisterTaskDefinition', error: 'AccessDeniedException' })
    const containerDefinitions = [{ name: 'app', image: 'app', memory: 128 }]
    const register = new RegisterTaskDefinitionCommand({ family: 'denied', containerDefinitions })
    await expect(local.client.send(register)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(
        / is not authorized to perform: ecs:RegisterTaskDefinition on resource: /,
      ),
    })
    const { taskDefinitionArns } = await local.client.send(
      new ListTaskDefinitionsCommand({ familyPrefix: 'denied' }),
    )
    expect(taskDefinitionArns).toEqual([])
  })

  it('of EC2 fails in XML', async () => {
    local.ecs.faults.add({ operation: 'DescribeNetworkInterfaces', error: 'UnauthorizedOperation' })
    await expect(local.ec2.send(new DescribeNetworkInterfacesCommand({}))).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      message: 'You are not authorized to perform this operation.',
    })
  })
})

describe('a task', () => {
  async function runFaulty(fault: Fault, state: string): Promise<Task> {
    local.ecs.faults.add(fault)
    return local.until(await local.run(), isIn(state))
  }

  const starts: [string, Fault, RegExp][] = [
    [
      'finds no secrets',
      { task: 'cannot-initialize' },
      /^ResourceInitializationError: unable to pull secrets/,
    ],
    ['finds no image', { task: 'cannot-pull' }, /^CannotPullContainerError: .*request canceled/],
    ['cannot start', { task: 'cannot-start' }, /^CannotStartContainerError: /],
    ['fails in words of choice', { task: 'cannot-pull', reason: 'CannotPullContainerError: no' }, /: no$/],
  ]
  for (const [what, fault, reason] of starts) {
    it(what, async () => {
      const task = await runFaulty(fault, 'STOPPED')
      expect(task).toMatchObject({
        stopCode: 'TaskFailedToStart',
        stoppedReason: expect.stringMatching(reason),
      })
      expect(task.startedAt).toBeUndefined()
      const container = task.containers?.[0]
      expect(container?.exitCode).toBeUndefined()
      expect(container?.reason).toBe(
        task.stoppedReason?.startsWith('Cannot') ? task.stoppedReason : undefined,
      )
    })
  }

  it('is stopped in mid-session', async () => {
    expect(await runFaulty({ task: 'stops', after: 20, times: 1 }, 'STOPPED')).toMatchObject({
      stopCode: 'SpotInterruption',
      startedAt: expect.any(Date),
    })
  })

  it('is stopped by whom and why was asked for', async () => {
    const fault = { task: 'stops', after: 0, stopCode: 'TerminationNotice', reason: 'maintenance' } as const
    expect(await runFaulty(fault, 'STOPPED')).toMatchObject({
      stopCode: 'TerminationNotice',
      stoppedReason: 'maintenance',
    })
  })

  it('dies of its memory', async () => {
    const task = await runFaulty({ task: 'dies', after: 0 }, 'STOPPED')
    expect(task).toMatchObject({ stopCode: 'EssentialContainerExited' })
    expect(task.containers?.[0]).toMatchObject({
      exitCode: 137,
      reason: 'OutOfMemoryError: Container killed due to memory usage',
    })
  })

  it('gets no public address, although one is assigned', async () => {
    const task = await runFaulty({ task: 'no-public-address' }, 'RUNNING')
    const id = attachmentDetail(task, 'networkInterfaceId') ?? ''
    const command = new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] })
    const { NetworkInterfaces } = await local.ec2.send(command)
    expect(NetworkInterfaces?.[0]?.Association).toBeUndefined()
  })

  it('stays in a state', async () => {
    local.ecs.faults.add({ task: 'slow', state: 'PENDING', delay: 300 })
    const task = await local.until(await local.run(), isIn('RUNNING'))
    // Timers may be a millisecond early.
    expect(Number(task.startedAt) - Number(task.pullStartedAt)).toBeGreaterThan(295)
  })

  it('is spared when the faults were cleared', async () => {
    local.ecs.faults.add({ task: 'cannot-pull' })
    local.ecs.faults.clear()
    await local.until(await local.run(), isIn('RUNNING'))
  })
})
