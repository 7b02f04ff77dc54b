import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  StopTaskCommand,
} from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { runCli, startCli, type Variables } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { makeState } from '../helpers/state.ts'

/** An ECS of its own, and a user's state directory. */
async function start() {
  const ecs = await startEcs()
  const state = makeState()
  const variables = { ...ecs.variables, ...state.variables }
  return {
    ecs,
    state,
    variables,
    async [Symbol.asyncDispose]() {
      await ecs[Symbol.asyncDispose]()
      state[Symbol.dispose]()
    },
  }
}

/** Something that two commands in the same task see alike: PID 1's own start. */
const exec = (variables: Variables, ...options: readonly string[]) =>
  runCli(['exec', ...options, '--', 'echo', 'ok'], variables)

const running = async ({ tasks }: TestEcs) =>
  (await tasks()).filter(({ desiredStatus }) => desiredStatus === 'RUNNING').length

describe('a kept task', () => {
  it('is joined by later commands with the same plan, until it is stopped', async () => {
    await using at = await start()
    const { ecs, state, variables } = at
    const up = await runCli(['up', '--keep', '2m'], variables)
    expect(up.status).toBe(0)
    const [entry] = state.entries()
    expect(statSync(join(state.directory, `${entry?.session}.key`)).mode & 0o777).toBe(0o600)
    expect(entry?.kept).toMatchObject({ keepSeconds: 120, until: expect.stringMatching(/Z$/) })
    const overrides = (await ecs.tasks())[0]?.overrides?.containerOverrides?.[0]?.environment
    expect(overrides).toContainEqual({ name: 'FARGATE_LOGIN_LINGER', value: '120' })

    for (const options of [[], ['--keep'], ['-q']]) {
      const { status, stdout } = await exec(variables, ...options)
      expect({ status, stdout }).toEqual({ status: 0, stdout: 'ok\n' })
    }
    expect(await ecs.tasks()).toHaveLength(1)
    expect((await runCli(['stop', '--dead', '-v'], variables)).stderr).toContain('No session was left behind')

    expect((await runCli(['stop', String(entry?.session)], variables)).status).toBe(0)
    expect(await running(ecs)).toBe(0)
    expect(state.entries()).toEqual([])
  })

  it('passes the status of the command on, and stays when it fails', async () => {
    await using at = await start()
    const { status } = await runCli(['exec', '--keep', '--', 'sh', '-c', 'exit 7'], at.variables)
    expect(status).toBe(7)
    expect(await running(at.ecs)).toBe(1)
  })

  it('is one, even if several commands want it at the same moment', async () => {
    await using at = await start()
    const all = await Promise.all(Array.from({ length: 4 }, () => exec(at.variables, '--keep')))
    expect(all.map(({ status, stdout }) => `${status} ${stdout}`)).toEqual(Array(4).fill('0 ok\n'))
    expect(await at.ecs.tasks()).toHaveLength(1)
  })

  it('of a local ECS that has ended is forgotten once its time is over, with its key', async () => {
    await using here = await startEcs()
    using state = makeState()
    const variables = { ...here.variables, ...state.variables }
    {
      await using ended = await startEcs()
      await exec({ ...ended.variables, ...state.variables }, '--keep=1h')
      const [entry] = state.entries()
      if (!entry?.kept) throw new Error('Nothing was kept.')
      const kept = { ...entry.kept, until: new Date(Date.now() - 1000).toISOString() }
      state.write(`${entry.session}.json`, { ...entry, kept })
      // An ECS that answers keeps its entry.
      expect((await runCli(['list'], variables)).status).toBe(0)
      expect(state.entries()).toHaveLength(1)
    }
    const { status, stderr } = await runCli(['list', '-v'], variables)
    expect(status).toBe(0)
    expect(stderr).not.toContain('was started')
    expect(readdirSync(state.directory)).toEqual([])
  })

  it('of a local ECS that has ended is remembered as long as it would stay', async () => {
    await using here = await startEcs()
    using state = makeState()
    {
      await using ended = await startEcs()
      await exec({ ...ended.variables, ...state.variables }, '--keep=1h')
    }
    expect((await runCli(['list'], { ...here.variables, ...state.variables })).status).toBe(0)
    expect(state.entries()).toHaveLength(1)
  })

  it('that is gone is replaced without an error', async () => {
    await using at = await start()
    const { ecs, variables } = at
    await exec(variables, '--keep')
    const [task] = await ecs.tasks()
    await ecs.client.send(new StopTaskCommand({ task: task?.taskArn }))
    const { status, stderr } = await exec(variables, '--keep')
    expect(status).toBe(0)
    expect(stderr).not.toContain('warning')
    expect(await ecs.tasks()).toHaveLength(2)
    expect(await running(ecs)).toBe(1)
  })

  it('is not joined with --new, another variable, or a new revision', async () => {
    await using at = await start()
    const { ecs, variables } = at
    await exec(variables, '--keep')
    await exec(variables, '--new')
    expect(await ecs.tasks()).toHaveLength(2)
    await exec(variables, '-e', 'OTHER=1')
    expect(await ecs.tasks()).toHaveLength(3)
    await registerAgain(ecs)
    await exec(variables)
    expect(await ecs.tasks()).toHaveLength(4)
    expect(await running(ecs)).toBe(1)
  })

  it('is not waited for if the process that was to start it has been killed', async () => {
    await using at = await start()
    const hanging = startCli(['up', '-v'], { ...at.variables, AWS_ENDPOINT_URL_EC2: 'http://127.0.0.1:9' })
    await hanging.said(/RUNNING/)
    const waiting = startCli(['exec', '-v', '--keep', '--', 'echo', 'ok'], at.variables)
    await waiting.said(/Waiting for another fargate-login/)
    hanging.child.kill('SIGKILL')
    waiting.child.stdin.end()
    expect(await waiting.finished).toMatchObject({ status: 0, stdout: 'ok\n' })
  })

  it('takes over a lock file that is damaged', async () => {
    await using at = await start()
    await exec(at.variables, '--keep')
    const { kept } = at.state.entries()[0] ?? {}
    writeFileSync(join(at.state.directory, `${kept?.identity}.lock`), 'half a li')
    expect((await exec(at.variables, '--keep')).status).toBe(0)
  })

  it.each([
    ['--keep=5', 'expected a duration'],
    ['--keep=soon', 'expected a duration'],
  ])('refuses %s', async (option, message) => {
    const { status, stderr } = await runCli(['exec', option, '--', 'true'])
    expect(status).toBe(2)
    expect(stderr).toContain(message)
  })

  it('does not go with --local or --detach', async () => {
    const local = await runCli(['exec', '--local', '--keep', '--', 'true'])
    expect(local).toMatchObject({ status: 2, stderr: expect.stringContaining('--local stops its tasks') })
    const detached = await runCli(['login', '--detach', '--keep', '--service', 'web'])
    expect(detached).toMatchObject({ status: 2, stderr: expect.stringContaining('exclude each other') })
  })
})

async function registerAgain({ client, variables }: TestEcs): Promise<void> {
  const family = variables.FARGATE_LOGIN_TASK_DEFINITION
  const { taskDefinition } = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: family }))
  const { containerDefinitions, cpu, memory, networkMode, requiresCompatibilities } = taskDefinition ?? {}
  const input = { family, containerDefinitions, cpu, memory, networkMode, requiresCompatibilities }
  await client.send(new RegisterTaskDefinitionCommand(input))
}
