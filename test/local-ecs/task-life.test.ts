import { DescribeNetworkInterfacesCommand } from '@aws-sdk/client-ec2'
import {
  DescribeTasksCommand,
  RegisterTaskDefinitionCommand,
  StopTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  attachmentDetail,
  isIn,
  type Local,
  SOME_KEY,
  type StubLocal,
  startLocal,
  startStub,
  withEnvironment,
} from './start.ts'

/** Ends, or does not, as its variables say. */
const STUB = `
[ -z "$STUB_STUBBORN" ] || trap '' TERM
[ -z "$STUB_STATUS" ] || { echo "ending with $STUB_STATUS" >&2; exit "$STUB_STATUS"; }
echo started
[ -n "$STUB_STUBBORN" ] || exec sleep 1000
while :; do sleep 0.1; done
`

let local: StubLocal

beforeAll(async () => {
  local = await startStub(STUB)
})
afterAll(() => local[Symbol.asyncDispose]())

function stop(arn: string, reason?: string) {
  return local.client.send(new StopTaskCommand({ task: arn, ...(reason !== undefined && { reason }) }))
}

/** Every different state that polls without a pause see, up to the last. */
async function statesUntil(from: Local, arn: string, last: string): Promise<readonly Task[]> {
  const seen: Task[] = []
  await from.until(arn, (task) => {
    if (task.lastStatus !== seen.at(-1)?.lastStatus) seen.push(task)
    return task.lastStatus === last
  })
  return seen
}

describe('a task', () => {
  it("passes through ECS's states in their order", async () => {
    // Long enough for a poll in each state, also on a busy machine.
    const delays = {
      PROVISIONING: 400,
      PENDING: 400,
      ACTIVATING: 400,
      DEACTIVATING: 400,
      STOPPING: 400,
      DEPROVISIONING: 400,
    }
    await using slow = await startLocal({ imageDirectory: local.imageDirectory, delays })
    const arn = await slow.run()
    const starting = await statesUntil(slow, arn, 'RUNNING')
    expect(starting.map(({ lastStatus }) => lastStatus)).toEqual([
      'PROVISIONING',
      'PENDING',
      'ACTIVATING',
      'RUNNING',
    ])
    expect(starting.every(({ desiredStatus }) => desiredStatus === 'RUNNING')).toBe(true)
    await slow.client.send(new StopTaskCommand({ task: arn }))
    const stopping = await statesUntil(slow, arn, 'STOPPED')
    expect(stopping.map(({ lastStatus }) => lastStatus).filter((state) => state !== 'RUNNING')).toEqual([
      'DEACTIVATING',
      'STOPPING',
      'DEPROVISIONING',
      'STOPPED',
    ])
  })

  it('shows its address from PENDING on, before it is RUNNING', async () => {
    await using slow = await startLocal({ imageDirectory: local.imageDirectory, delays: { PENDING: 60_000 } })
    const arn = await slow.run()
    const pending = await slow.until(arn, isIn('PENDING'))
    const shown = await slow.until(arn, (task) => task.attachments?.[0]?.status === 'ATTACHED')
    expect(shown.lastStatus).toBe(pending.lastStatus)
    expect(attachmentDetail(shown, 'networkInterfaceId')).toMatch(/^eni-[0-9a-f]{17}$/)
    expect(attachmentDetail(shown, 'macAddress')).toMatch(/^0a(:[0-9a-f]{2}){5}$/)
    const address = attachmentDetail(shown, 'privateIPv4Address')
    expect(address).toMatch(/^127\.0\.0\.\d+$/)
    expect(shown.containers?.[0]?.networkInterfaces?.[0]?.privateIpv4Address).toBe(address)
  })

  it('has a public address in EC2 only, and only if one is assigned', async () => {
    const open = await local.until(await local.run(), isIn('RUNNING'))
    const closed = await local.until(
      await local.run({
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0f000000000000002'] } },
      }),
      isIn('RUNNING'),
    )
    expect(JSON.stringify(open)).not.toMatch(/public/i)
    expect(await publicIp(open)).toBe(attachmentDetail(open, 'privateIPv4Address'))
    expect(await publicIp(closed)).toBeUndefined()
  })

  async function publicIp(task: Task): Promise<string | undefined> {
    const id = attachmentDetail(task, 'networkInterfaceId') ?? ''
    const command = new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] })
    const { NetworkInterfaces: found } = await local.ec2.send(command)
    return found?.[0]?.Association?.PublicIp
  }

  it('says when it started and stopped, in that order', async () => {
    const arn = await local.run()
    await local.until(arn, isIn('RUNNING'))
    await stop(arn)
    const task = await local.until(arn, isIn('STOPPED'))
    const times = [task.createdAt, task.pullStartedAt, task.startedAt, task.stoppingAt, task.stoppedAt].map(
      Number,
    )
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times.every((time) => Math.abs(time - Date.now()) < 60_000)).toBe(true)
  })

  it('shows its tags only when asked', async () => {
    const tags = [{ key: 'a', value: 'b' }]
    const arn = await local.run({ tags })
    const { tasks } = await local.client.send(new DescribeTasksCommand({ tasks: [arn] }))
    expect(tasks?.[0]?.tags).toEqual([])
    expect((await local.describe(arn)).tags).toEqual(tags)
  })
})

describe('a task ends', () => {
  it('when the user stops it, at once in word and soon in deed', async () => {
    const arn = await local.run()
    await local.until(arn, isIn('RUNNING'))
    const { task: answered } = await stop(arn, 'enough')
    expect(answered).toMatchObject({ taskArn: arn, desiredStatus: 'STOPPED', stopCode: 'UserInitiated' })
    const task = await local.until(arn, isIn('STOPPED'))
    expect(task).toMatchObject({
      desiredStatus: 'STOPPED',
      stopCode: 'UserInitiated',
      stoppedReason: 'enough',
    })
    // 128 + SIGTERM
    expect(task.containers?.[0]).toMatchObject({ lastStatus: 'STOPPED', exitCode: 143 })
    expect(task.attachments?.[0]?.status).toBe('DELETED')
  })

  it('before it runs, when it is stopped then', async () => {
    await using slow = await startLocal({
      imageDirectory: local.imageDirectory,
      delays: { PROVISIONING: 60_000 },
    })
    const arn = await slow.run()
    await slow.client.send(new StopTaskCommand({ task: arn }))
    const task = await slow.until(arn, isIn('STOPPED'))
    expect(task).toMatchObject({ stopCode: 'UserInitiated', stoppedReason: 'Task stopped by user' })
    expect(task.startedAt).toBeUndefined()
    expect(task.containers?.[0]?.exitCode).toBeUndefined()
  })

  it('and can be stopped again, with its first reason', async () => {
    const arn = await local.run()
    await stop(arn, 'first')
    await local.until(arn, isIn('STOPPED'))
    const { task } = await stop(arn, 'second')
    expect(task).toMatchObject({ lastStatus: 'STOPPED', stoppedReason: 'first' })
  })

  it('when its essential container exits, and the log has the last words', async () => {
    const arn = await local.run({ overrides: withEnvironment({ STUB_STATUS: '64' }) })
    const task = await local.until(arn, isIn('STOPPED'))
    expect(task).toMatchObject({
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
    })
    expect(task.containers?.[0]).toMatchObject({ exitCode: 64 })
    expect(local.lines.join('\n')).toMatch(
      /fargate-login of task \w+ exited with status 64\n {2}ending with 64/,
    )
  })

  it('by SIGKILL when SIGTERM does nothing for its stopTimeout', async () => {
    const environment = [
      { name: 'STUB_STUBBORN', value: 'yes' },
      { name: 'FARGATE_LOGIN_AUTHORIZED_KEY', value: SOME_KEY },
    ]
    const stubborn = { name: 'app', image: 'app', memory: 128, stopTimeout: 2, environment }
    await using said = await startLocal({ imageDirectory: local.imageDirectory, verbose: true })
    await said.client.send(
      new RegisterTaskDefinitionCommand({
        family: 'stubborn',
        networkMode: 'awsvpc',
        cpu: '256',
        memory: '512',
        containerDefinitions: [stubborn],
      }),
    )
    const arn = await said.run({ taskDefinition: 'stubborn', overrides: undefined })
    // The trap is set when it says so; an earlier SIGTERM would end it.
    await said.until(arn, (task) => isIn('RUNNING')(task) && said.lines.includes('started'))
    await said.client.send(new StopTaskCommand({ task: arn }))
    const stopping = Date.now()
    const task = await said.until(arn, isIn('STOPPED'))
    expect(task.containers?.[0]?.exitCode).toBe(137)
    expect(Date.now() - stopping).toBeGreaterThan(1_900)
  })

  it('when AWS takes its capacity back', async () => {
    const arn = await local.run()
    await local.until(arn, isIn('RUNNING'))
    local.ecs.interrupt(arn)
    expect(await local.until(arn, isIn('STOPPED'))).toMatchObject({
      stopCode: 'SpotInterruption',
      stoppedReason: 'Your Spot Task was interrupted.',
    })
  })

  it('is not found under a wrong name', async () => {
    await expect(stop('0123456789abcdef0123456789abcdef')).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'The referenced task was not found.',
    })
    const id = 'f'.repeat(32)
    const { failures } = await local.client.send(new DescribeTasksCommand({ tasks: [id] }))
    expect(failures).toEqual([
      { arn: `arn:aws:ecs:us-east-1:000000000000:task/default/${id}`, reason: 'MISSING' },
    ])
  })
})

describe('taking it down', () => {
  it('ends its tasks, gives back its port, and can be done twice', async () => {
    const closed = await startLocal({ imageDirectory: local.imageDirectory })
    const arn = await closed.run()
    await closed.until(arn, isIn('RUNNING'))
    const pid = Number(closed.ecs.tasks[0]?.runtimeIds[0])
    expect(process.kill(pid, 0)).toBe(true)
    await Promise.all([closed.ecs.close(), closed.ecs.close()])
    await closed.ecs.close()
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/)
    expect(closed.ecs.tasks).toEqual([])
    const port = Number(new URL(closed.ecs.endpointUrl).port)
    await using again = await startLocal({ imageDirectory: local.imageDirectory, port })
    expect(again.ecs.endpointUrl).toBe(closed.ecs.endpointUrl)
    await closed[Symbol.asyncDispose]()
  })

  it('does not wait for a task on its way', async () => {
    const slow = await startLocal({ imageDirectory: local.imageDirectory, delays: { PENDING: 60_000 } })
    await slow.run()
    const closing = Date.now()
    await slow[Symbol.asyncDispose]()
    expect(Date.now() - closing).toBeLessThan(5_000)
  })
})
