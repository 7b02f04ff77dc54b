import { execFile, spawnSync } from 'node:child_process'
import { delimiter } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { startLocal, stubImage } from './start.ts'

const run = promisify(execFile)

// The distribution's own, whatever else the PATH of a developer has in front.
const PATH = ['/usr/bin', process.env.PATH].join(delimiter)
const isThere = spawnSync('aws', ['--version'], { env: { PATH } }).status === 0

// It may be missing on a developer's machine, never in CI.
it.skipIf(!isThere && !process.env.CI)('the AWS CLI runs, describes, awaits and stops a task', async () => {
  await using image = await stubImage('exec sleep 1000')
  await using local = await startLocal({ imageDirectory: image.directory })
  const { endpointUrl, environment } = local.ecs

  async function aws(...args: readonly string[]): Promise<unknown> {
    const all = ['--endpoint-url', endpointUrl, '--output', 'json', ...args]
    const { stdout } = await run('aws', all, { env: { ...environment, HOME: '/nonexistent', PATH } })
    return stdout === '' ? undefined : JSON.parse(stdout)
  }

  const network = `awsvpcConfiguration={subnets=[${environment.FARGATE_LOGIN_SUBNETS}],assignPublicIp=ENABLED}`
  const key = '{"containerOverrides":[{"name":"fargate-login","environment":[{"name":"A","value":"b"}]}]}'
  const arn = await aws(
    ...['ecs', 'run-task', '--task-definition', 'fargate-login', '--launch-type', 'FARGATE'],
    ...['--network-configuration', network, '--overrides', key, '--query', 'tasks[0].taskArn'],
  )
  expect(arn).toMatch(/^arn:aws:ecs:/)
  const task = String(arn)

  await aws('ecs', 'wait', 'tasks-running', '--tasks', task)
  const eni = await aws(
    ...['ecs', 'describe-tasks', '--tasks', task, '--query'],
    'tasks[0].attachments[0].details[?name==`networkInterfaceId`].value | [0]',
  )
  const described = await aws(
    ...['ec2', 'describe-network-interfaces', '--network-interface-ids', String(eni), '--query'],
    'NetworkInterfaces[0].[PrivateIpAddress, Association.PublicIp]',
  )
  expect(described).toEqual([
    expect.stringMatching(/^127\.0\.0\.\d+$/),
    expect.stringMatching(/^127\.0\.0\.\d+$/),
  ])

  expect(await aws('ecs', 'stop-task', '--task', task, '--query', 'task.desiredStatus')).toBe('STOPPED')
  await aws('ecs', 'wait', 'tasks-stopped', '--tasks', task)
  expect(await aws('sts', 'get-caller-identity', '--query', 'Account')).toBe('000000000000')
  await expect(aws('ecs', 'list-tasks', '--cluster', 'other')).rejects.toThrow(/ClusterNotFoundException/)
})
