import { once } from 'node:events'
import { StopTaskCommand } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { cliOnTerminal, startCli } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'

async function expectAllStopped(ecs: TestEcs): Promise<void> {
  const tasks = await ecs.tasks()
  expect(tasks.length).toBeGreaterThan(0)
  expect(tasks.map(({ desiredStatus }) => desiredStatus)).toEqual(tasks.map(() => 'STOPPED'))
}

const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['SIGQUIT', 131],
] as const

describe('the task is stopped', () => {
  it.each(SIGNALS)('on %s in the session', async (signal, expected) => {
    await using ecs = await startEcs()
    const { child, finished, said } = startCli(['exec', '-v', '--', 'sleep', '60'], ecs.variables)
    await said(/Connected as .*verified/)
    child.kill(signal)
    const { status, stderr } = await finished
    expect(status).toBe(expected)
    expect(stderr).toContain(`Ended by ${signal}. [cancelled]`)
    await expectAllStopped(ecs)
  })

  it.each(SIGNALS)('on %s while the task starts', async (signal, expected) => {
    await using ecs = await startEcs({ delays: { PROVISIONING: 60_000 } })
    const { child, finished, said } = startCli(['exec', '-v', '--', 'true'], ecs.variables)
    await said(/Starting \S+ \(PROVISIONING\)/)
    child.kill(signal)
    expect((await finished).status).toBe(expected)
    await expectAllStopped(ecs)
  })

  it('on a second Ctrl-C, which changes nothing', async () => {
    await using ecs = await startEcs()
    ecs.ecs.faults.add({ operation: 'StopTask', times: 2, error: 'ThrottlingException' })
    const { child, finished, said } = startCli(['exec', '-v', '--', 'sleep', '60'], ecs.variables)
    await said(/Connected as .*verified/)
    child.kill('SIGINT')
    await said(/Stopping session/)
    child.kill('SIGINT')
    const { status, stderr } = await finished
    expect(status).toBe(130)
    expect(stderr).toContain('already ending')
    await expectAllStopped(ecs)
  })

  it('on Ctrl-C although nobody takes what it has still to deliver', async () => {
    await using ecs = await startEcs()
    const { child, said } = startCli(['exec', '-v', '--', 'head', '-c', '100000', '/dev/zero'], ecs.variables)
    child.stdout.pause()
    await said(/Stopped session \w+ after/)
    const exited = once(child, 'exit')
    child.kill('SIGINT')
    await exited
    child.stdout.resume()
    await expectAllStopped(ecs)
  })

  it('or is named for the search, on Ctrl-C while RunTask never answers', async () => {
    await using ecs = await startEcs({ faults: [{ operation: 'RunTask', connection: 'hang' }] })
    const { child, finished, said } = startCli(['exec', '-v', '--', 'true'], ecs.variables)
    await said(/Starting /)
    child.kill('SIGINT')
    const { status, stderr } = await finished
    expect(stderr).toMatch(
      /Ended by SIGINT\. \[cancelled\]\n.*no answer.*\n.*\n +aws ecs list-tasks .*--started-by/,
    )
    expect(status).toBe(130)
  })

  it('when the terminal goes away', async () => {
    await using ecs = await startEcs()
    const terminal = cliOnTerminal(['login'], ecs.variables)
    await terminal.shows(/[#$] $/)
    terminal.pty.kill('SIGHUP')
    expect(await terminal.exited).toBe(129)
    await expectAllStopped(ecs)
  })

  it('when the time is up before sshd answers', async () => {
    await using ecs = await startEcs({ delays: { PROVISIONING: 60_000 } })
    const { finished } = startCli(['exec', '-v', '--timeout', '2', '--', 'true'], ecs.variables)
    const { status, stderr } = await finished
    expect(status).toBe(255)
    expect(stderr).toMatch(/No usable connection after 2 s\..*\[address-missing\]/)
    await expectAllStopped(ecs)
  })
})

describe('a stop that cannot be confirmed', () => {
  it('ends in the ARN and the command to paste', async () => {
    await using ecs = await startEcs()
    ecs.ecs.faults.add({ operation: 'StopTask', error: 'AccessDeniedException' })
    const { finished } = startCli(['exec', '-v', '--', 'true'], ecs.variables)
    const { status, stderr } = await finished
    const [task] = await ecs.tasks()
    expect(status).toBe(255)
    expect(stderr).toContain('[stop-unconfirmed]')
    expect(stderr).toContain(`aws ecs stop-task --cluster default --task ${task?.taskArn} --region us-east-1`)
  })
})

describe('a task that goes away in mid-session', () => {
  it('is said with the reason of ECS', async () => {
    await using ecs = await startEcs()
    const { finished, said } = startCli(['exec', '-v', '--', 'sleep', '60'], ecs.variables)
    await said(/Connected as .*verified/)
    const [task] = await ecs.tasks()
    await ecs.client.send(new StopTaskCommand({ task: task?.taskArn, reason: 'maintenance at noon' }))
    const { status, stderr } = await finished
    expect(status).toBe(255)
    expect(stderr).toMatch(/Task \w+ stopped: .*maintenance at noon/)
    expect(stderr).toContain('[task-stopped]')
  })
})
