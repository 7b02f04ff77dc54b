import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Fault } from '../../local-ecs/faults/parse-fault.ts'
import { runCli } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { register } from '../helpers/register.ts'

let ecs: TestEcs

beforeAll(async () => {
  ecs = await startEcs()
})
afterEach(async () => {
  ecs.ecs.faults.clear()
  expect((await ecs.tasks()).filter(({ desiredStatus }) => desiredStatus !== 'STOPPED')).toEqual([])
})
afterAll(() => ecs[Symbol.asyncDispose]())

function exec(...options: readonly string[]) {
  return runCli(['exec', ...options, '--', 'true'], ecs.variables)
}

describe('a failure of AWS', () => {
  const failures: readonly (readonly [string, Fault, RegExp])[] = [
    [
      'no capacity',
      { operation: 'RunTask', failure: 'RESOURCE:MEMORY' },
      /RESOURCE:MEMORY \[task-not-placed\]/,
    ],
    [
      'no Fargate capacity',
      { operation: 'RunTask', failure: 'Capacity is unavailable at this time.' },
      /Capacity is unavailable.*\[task-not-placed\]\n {2}Try again, or name subnets/,
    ],
    [
      'no permission',
      { operation: 'RunTask', error: 'AccessDeniedException' },
      /\[aws-refused\]\n.*needs ecs:RunTask/,
    ],
    [
      'an image that cannot be pulled',
      { task: 'cannot-pull' },
      /CannotPullContainerError.*\[task-stopped\]\n {2}\S/s,
    ],
    [
      'resources that do not come up',
      { task: 'cannot-initialize' },
      /ResourceInitializationError.*\[task-stopped\]/s,
    ],
    [
      'a container that does not start',
      { task: 'cannot-start' },
      /CannotStartContainerError.*\[task-stopped\]/s,
    ],
  ]
  it.each(failures)('%s ends in its own words and what to do', async (_, fault, words) => {
    ecs.ecs.faults.add(fault)
    const { status, stdout, stderr } = await exec()
    expect(stderr).toMatch(words)
    expect(stdout).toBe('')
    expect(status).toBe(255)
  })

  it.each([
    ['MISSING', { operation: 'DescribeTasks', failure: 'MISSING', times: 3 }],
    ['throttling', { operation: 'DescribeTasks', error: 'ThrottlingException', times: 6 }],
    ['a server error', { operation: 'RunTask', status: 500, times: 2 }],
    ['a lost answer of RunTask', { operation: 'RunTask', connection: 'answer-lost', times: 1 }],
    ['a broken StopTask', { operation: 'StopTask', status: 500, times: 5 }],
  ] as const)('that passes is survived: %s', async (_, fault) => {
    const before = (await ecs.tasks()).length
    ecs.ecs.faults.add(fault)
    expect((await exec()).status).toBe(0)
    expect(await ecs.tasks()).toHaveLength(before + 1)
  })

  it('of RunTask whose answers are lost again and again starts no second task', async () => {
    const before = (await ecs.tasks()).length
    ecs.ecs.faults.add({ operation: 'RunTask', connection: 'answer-lost', times: 5 })
    expect((await exec()).status).toBe(0)
    expect(await ecs.tasks()).toHaveLength(before + 1)
  })

  it('of RunTask that stays out says how to find what may run', async () => {
    ecs.ecs.faults.add({ operation: 'RunTask', connection: 'reset' })
    const { status, stderr } = await exec()
    expect(stderr).toMatch(
      /\[aws-unreachable\]\n.*\n +aws ecs list-tasks --cluster default --started-by fargate-login\//,
    )
    expect(status).toBe(255)
  })

  it('that kills the container ends the session with the words of ECS', async () => {
    ecs.ecs.faults.add({ task: 'dies', after: 300, reason: 'OutOfMemoryError: Container killed' })
    const { status, stderr } = await runCli(['exec', '--', 'sleep', '60'], ecs.variables)
    expect(stderr).toMatch(
      /OutOfMemoryError: Container killed.*\[task-stopped\]\n {2}The container ran out of memory/s,
    )
    expect(status).toBe(255)
  })

  it('in mid-session is told with the words of ECS', async () => {
    ecs.ecs.faults.add({
      task: 'stops',
      after: 300,
      stopCode: 'SpotInterruption',
      reason: 'Your Spot Task was interrupted.',
    })
    const { status, stderr } = await runCli(['exec', '--', 'sleep', '60'], ecs.variables)
    expect(stderr).toMatch(/stopped: Your Spot Task was interrupted\..*\[task-stopped\]\n {2}Fargate Spot/s)
    expect(status).toBe(255)
  })
})

describe('an image that is not ours', () => {
  it('or refuses its environment ends with its exit code and what to check', async () => {
    const { status, stderr } = await exec('--key-env', 'SOMETHING_ELSE')
    expect(stderr).toMatch(/exit code 64/)
    expect(stderr).toMatch(/--key-env/)
    expect(status).toBe(255)
  })

  it('or has no such container is refused before anything runs', async () => {
    const before = (await ecs.tasks()).length
    await register(ecs.client, {
      family: 'pair',
      containerDefinitions: ['app', 'proxy'].map((name) => ({ name, image: `example/${name}` })),
    })
    const { status, stderr } = await exec('--task-definition', 'pair')
    expect(stderr).toMatch(/--container app .*\n.*--container proxy/)
    expect(status).toBe(2)
    expect(await ecs.tasks()).toHaveLength(before)
  })

  it('is refused when another user is demanded', async () => {
    const { status, stderr } = await exec('--user', 'nobody-at-all')
    expect(stderr).toMatch(
      /The container lets in .* nobody-at-all\. \[authentication-failed\]\n {2}Leave out --user to log in as \S+\. .*"user": "nobody-at-all"/,
    )
    expect(status).toBe(255)
  })
})

describe('AWS that is not there', () => {
  it('is told by the endpoint, not by a stack', async () => {
    const variables = { ...ecs.variables, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }
    const { status, stderr } = await runCli(['exec', '--', 'true'], variables)
    expect(stderr).toMatch(
      /nothing listens on 127\.0\.0\.1:1\. \[aws-unreachable\]\n {2}Check --endpoint-url/,
    )
    expect(status).toBe(255)
  })

  it('without credentials says how to get some', async () => {
    const { AWS_ACCESS_KEY_ID: _, ...variables } = ecs.variables
    const nowhere = { AWS_CONFIG_FILE: '/nonexistent', AWS_SHARED_CREDENTIALS_FILE: '/nonexistent' }
    const variablesWithout = { ...variables, ...nowhere, AWS_EC2_METADATA_DISABLED: 'true' }
    const { status, stderr } = await runCli(['exec', '--', 'true'], variablesWithout)
    expect(stderr).toMatch(/\[credentials-missing\]\n {2}Set AWS_PROFILE/)
    expect(status).toBe(255)
  })

  it('without a Region says which setting to make', async () => {
    const { AWS_REGION: _, AWS_DEFAULT_REGION: __, ...variables } = ecs.variables
    const nowhere = { AWS_CONFIG_FILE: '/nonexistent', AWS_SHARED_CREDENTIALS_FILE: '/nonexistent' }
    const { status, stderr } = await runCli(['exec', '--', 'true'], { ...variables, ...nowhere })
    expect(stderr).toMatch(/No AWS Region\. \[credentials-missing\]\n {2}Set AWS_REGION/)
    expect(status).toBe(255)
  })
})
