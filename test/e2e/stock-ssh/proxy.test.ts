import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLI, cliOnTerminal, runCli, startCli } from '../../helpers/cli.ts'
import { startEcs, type TestEcs } from '../../helpers/ecs.ts'
import { type Desk, makeDesk } from './helpers/desk.ts'
import { targetFile } from './helpers/office.ts'

const ONE_LINE = /^fargate-login: [^\n]+\n$/

describe('proxy', () => {
  let ecs: TestEcs
  let desk: Desk
  beforeAll(async () => {
    ecs = await startEcs()
    const yaml = targetFile(ecs, ecs.variables.FARGATE_LOGIN_TASK_DEFINITION)
    desk = await makeDesk(
      `${yaml}  gone:\n    task-definition: nope:1\n    endpoint-url: ${ecs.variables.AWS_ENDPOINT_URL}\n`,
    )
  })
  afterAll(async () => {
    await ecs[Symbol.asyncDispose]()
    await desk[Symbol.asyncDispose]()
  })

  const proxy = (...words: readonly string[]) => startCli(['proxy', ...words], desk.variables, desk.project)
  const running = async () => (await ecs.tasks()).filter(({ desiredStatus }) => desiredStatus === 'RUNNING')

  it('stops the task that it started if Ctrl-C ends it during the start', async () => {
    const { child, finished, said } = proxy('web', '-v')
    await said(/\((PROVISIONING|PENDING|RUNNING)\)/)
    child.kill('SIGINT')
    const { status, stdout, stderr } = await finished
    expect({ status, stdout }).toEqual({ status: 130, stdout: '' })
    expect(stderr).toMatch(/Ended by SIGINT\. \[cancelled\]\n/)
    expect(await running()).toEqual([])
  })

  it('ends without a word if ssh hangs up during the start, and leaves no task', async () => {
    const { child, finished } = proxy('web')
    await untilRunTask(ecs)
    child.kill('SIGHUP')
    expect(await finished).toEqual({ status: 129, stdout: '', stderr: '' })
    expect(await running()).toEqual([])
  })

  it('says nothing but the bytes of sshd on stdout, even with -v, and keeps the task when ssh hangs up', async () => {
    const { child, finished, printed } = proxy('web', '-v')
    expect(await printed(/\n/)).toMatch(/^SSH-2\.0-OpenSSH\S* .*\r\n$/)
    child.kill('SIGHUP')
    const { status, stdout, stderr } = await finished
    expect(status).toBe(0)
    expect(stdout).toMatch(/^SSH-2\.0-[^\n]*\n/)
    expect(stderr).toContain('keeps running for 15 min')
    expect(await running()).toHaveLength(1)
  })

  it('works in an empty environment, and is silent', async () => {
    const config = join(desk.project, 'fargate-login.yaml')
    const { XDG_STATE_HOME, AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = desk.variables
    const assignments = Object.entries({ XDG_STATE_HOME, AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE })
    const words = assignments.map(([name, value]) => `${name}=${value}`)
    const access = ['--config', config, '--region', 'us-east-1', '--profile', 'desk']
    const child = spawn('env', ['-i', ...words, process.execPath, CLI, 'proxy', 'web', ...access])
    const [stdout, stderr] = [text(child.stdout), text(child.stderr)]
    child.stdin.end('SSH-2.0-test\r\nnonsense\r\n')
    const [status] = await once(child, 'close')
    expect(await stdout).toMatch(/^SSH-2\.0-OpenSSH/)
    expect({ status, stderr: await stderr }).toEqual({ status: 0, stderr: '' })
    expect(await running()).toHaveLength(1)
  })

  it('shows its progress on a terminal', async () => {
    await using terminal = cliOnTerminal(
      ['proxy', 'web', '--new', '--config', join(desk.project, 'fargate-login.yaml')],
      desk.variables,
    )
    await terminal.shows(/RUNNING|Waiting for sshd/)
    await terminal.shows(/SSH-2\.0-OpenSSH/)
  })

  it.each([
    ['a target that is not there', 'nope', 2, 'target-unknown'],
    ['a task definition that is not there', 'gone', 255, 'aws-refused'],
  ])('tells %s in one line', async (_, target, expected, code) => {
    const { status, stdout, stderr } = await runCli(['proxy', target], desk.variables, '', desk.project)
    expect({ status, stdout }).toEqual({ status: expected, stdout: '' })
    expect(stderr).toMatch(ONE_LINE)
    expect(stderr).toContain(`[${code}]`)
  })

  it("tells ssh's user which name an image without the toolkit wants", async () => {
    const { child, finished, printed } = proxy('web', '--new')
    await printed(/\n/)
    child.kill('SIGHUP')
    expect((await finished).stderr).toMatch(/This image knows the user \S+ only\. Set user: /)
  })

  it('ends when the task is stopped, with one line at most', async () => {
    const { finished, printed } = proxy('web')
    await printed(/\n/)
    await runCli(['stop', '--all', '--yes'], { ...desk.variables, ...ecs.variables })
    const { status, stderr } = await finished
    // What comes first: the end of the connection, or ECS's news.
    expect([0, 255]).toContain(status)
    if (stderr !== '') expect(stderr).toMatch(ONE_LINE)
  })
})

/** Resolves when the first task is there. */
async function untilRunTask({ tasks }: TestEcs): Promise<void> {
  const before = (await tasks()).length
  while ((await tasks()).length === before) await new Promise((resolve) => setImmediate(resolve))
}
