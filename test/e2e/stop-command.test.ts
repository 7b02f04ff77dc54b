import { describe, expect, it } from 'vitest'
import { cliOnTerminal, runCli, startCli } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { leaveBehind, startTasks } from '../helpers/sessions.ts'
import { makeState } from '../helpers/state.ts'

const BOB = 'arn:aws:iam::000000000000:user/bob'
const ME = 'arn:aws:iam::000000000000:user/local'
/** Tasks that are there and run nothing. */
const IDLE = { delays: { PROVISIONING: 600_000 } }

async function start(ecs: TestEcs, session: string, owner = ME): Promise<string> {
  const [arn = ''] = await startTasks(ecs, { startedBy: `fargate-login/${session}`, owner })
  return arn
}

/** ARNs of the tasks that shall run on. */
async function running(ecs: TestEcs): Promise<readonly string[]> {
  const tasks = await ecs.tasks()
  return tasks.flatMap(({ desiredStatus, taskArn = '' }) => (desiredStatus === 'RUNNING' ? [taskArn] : []))
}

const taskId = (arn: string) => arn.split('/').at(-1) ?? ''

describe('stop', () => {
  it('ends a session of another terminal, which is told so', async () => {
    await using ecs = await startEcs()
    using state = makeState()
    const variables = { ...ecs.variables, ...state.variables }
    const { finished, said } = startCli(['exec', '-v', '--', 'sleep', '60'], variables)
    await said(/Connected as .*verified/)
    const [{ session = '' } = {}] = state.entries()
    const { status, stderr } = await runCli(['stop', '-v', session], variables)
    expect(stderr).toMatch(
      new RegExp(
        `Stopped session ${session} after [\\d.]+ s, about \\$0\\.0\\d+ \\(Fargate bills at least one minute\\)`,
      ),
    )
    expect(status).toBe(0)
    const told = await finished
    expect(told.stderr).toContain(`fargate-login stop ${session}`)
    expect(told.status).toBe(255)
    expect(state.entries()).toEqual([])
  })

  it.each([
    ['session ID', (session: string) => session],
    ['session prefix', (session: string) => session.slice(0, 4)],
    ['task ID', (_: string, arn: string) => taskId(arn)],
    ['task prefix', (_: string, arn: string) => taskId(arn).slice(0, 8)],
    ['ARN', (_: string, arn: string) => arn],
  ])('takes a %s', async (_, id) => {
    await using ecs = await startEcs(IDLE)
    const arn = await start(ecs, 'mysession222')
    const other = await start(ecs, 'othersession')
    const { status, stderr } = await runCli(['stop', '-v', id('mysession222', arn)], ecs.variables)
    expect(stderr).toContain('Stopped session mysession222 after')
    expect(status).toBe(0)
    expect(await running(ecs)).toEqual([other])
  })

  it('takes an ARN of another cluster, wherever it looks itself', async () => {
    await using ecs = await startEcs(IDLE)
    const arn = await start(ecs, 'mysession222')
    const variables = { ...ecs.variables, FARGATE_LOGIN_CLUSTER: 'nope' }
    expect(await runCli(['stop', arn], variables)).toMatchObject({ status: 0 })
    expect(await running(ecs)).toEqual([])
  })

  it('finds a noted session from any place', async () => {
    await using ecs = await startEcs()
    await using other = await startEcs()
    using state = makeState()
    await leaveBehind({ ...other.variables, ...state.variables })
    const [{ session = '' } = {}] = state.entries()
    const { status, stderr } = await runCli(['stop', '-v', session], { ...ecs.variables, ...state.variables })
    expect(stderr).toContain(`Stopped session ${session} after`)
    expect(status).toBe(0)
    expect(await running(other)).toEqual([])
    const again = await runCli(['stop', session], { ...ecs.variables, ...state.variables })
    expect(again).toMatchObject({ status: 255 })
  })

  it('says of a noted session without a task that there is none', async () => {
    await using ecs = await startEcs()
    using state = makeState()
    const variables = { ...ecs.variables, ...state.variables }
    await leaveBehind(variables)
    await runCli(['stop', '--mine'], ecs.variables)
    const [{ session = '' } = {}] = state.entries()
    const { status, stderr } = await runCli(['stop', '-v', session], variables)
    expect(stderr).toContain(`Session ${session} had already ended`)
    expect(status).toBe(0)
    expect(state.entries()).toEqual([])
  })

  it('refuses a task that fargate-login did not start', async () => {
    await using ecs = await startEcs(IDLE)
    const [arn = ''] = await startTasks(ecs, { startedBy: 'deploy' })
    for (const id of [arn, taskId(arn), taskId(arn).slice(0, 10)]) {
      const { status, stderr } = await runCli(['stop', id], ecs.variables)
      expect(stderr).toContain(`Task ${arn} was not started by fargate-login. [session-unknown]`)
      expect(status).toBe(255)
    }
    const all = await runCli(['stop', '-v', '--all', '--yes'], ecs.variables)
    expect(all).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('There are no live sessions on cluster default'),
    })
    expect(await running(ecs)).toEqual([arn])
  })

  it('stops mine and nobody else’s with --mine', async () => {
    await using ecs = await startEcs(IDLE)
    await start(ecs, 'mysession222')
    await start(ecs, 'mysession333')
    const bobs = await start(ecs, 'bobsession22', BOB)
    const { status, stderr } = await runCli(['stop', '-v', '--mine'], ecs.variables)
    expect(stderr.match(/Stopped session \w+ after/g)).toHaveLength(2)
    expect(status).toBe(0)
    expect(await running(ecs)).toEqual([bobs])
  })

  it('goes on when one cannot be stopped, and names that', async () => {
    await using ecs = await startEcs(IDLE)
    const arn = await start(ecs, 'mysession222')
    await start(ecs, 'mysession333')
    ecs.ecs.faults.add({ operation: 'StopTask', times: 1, error: 'AccessDeniedException' })
    const { status, stderr } = await runCli(['stop', 'nosuch', 'mysession222', 'mysession333'], ecs.variables)
    expect(status).toBe(255)
    expect(stderr).toContain('2 of 3 could not be stopped')
    expect(stderr).toContain('No running session matches "nosuch" on cluster default.')
    expect(stderr).toContain(`aws ecs stop-task --cluster default --task ${arn} --region us-east-1`)
    expect(await running(ecs)).toEqual([arn])
  })

  it('does not know an ID that nothing has', async () => {
    await using ecs = await startEcs()
    const { status, stderr } = await runCli(['stop', 'nosuch'], ecs.variables)
    expect(status).toBe(255)
    expect(stderr).toMatch(
      /No running session matches "nosuch".*\[session-unknown\]\n.*\n {2}fargate-login list --all/,
    )
  })

  it('obeys Ctrl-C at once', async () => {
    await using ecs = await startEcs({ ...IDLE, faults: [{ operation: 'StopTask', connection: 'hang' }] })
    await start(ecs, 'mysession222')
    const { child, finished, said } = startCli(['stop', '-v', 'mysession222'], ecs.variables)
    await said(/Stopping session/)
    const before = performance.now()
    child.kill('SIGINT')
    expect((await finished).status).toBe(130)
    expect(performance.now() - before).toBeLessThan(3_000)
  })
})

describe('stop --all', () => {
  it('refuses without a terminal, unless it is told yes', async () => {
    await using ecs = await startEcs(IDLE)
    await start(ecs, 'mysession222')
    await start(ecs, 'bobsession22', BOB)
    const refused = await runCli(['stop', '--all'], ecs.variables)
    expect(refused.status).toBe(2)
    expect(refused.stderr).toContain('--all would stop 2 tasks on cluster default, 1 of other people')
    expect(await running(ecs)).toHaveLength(2)
    expect(await runCli(['stop', '--all', '--yes'], ecs.variables)).toMatchObject({ status: 0 })
    expect(await running(ecs)).toEqual([])
  })

  it.each([
    ['y', 0, 0],
    ['n', 255, 1],
    ['', 255, 1],
    ['\x04', 255, 1],
    ['\x03', 130, 1],
  ])('asks on a terminal; %j ends with %i', async (answer, expected, left) => {
    await using ecs = await startEcs(IDLE)
    await start(ecs, 'bobsession22', BOB)
    await using terminal = cliOnTerminal(['stop', '--all'], ecs.variables)
    await terminal.shows(/Stop 1 task on cluster default, 1 of other people\? \[y\/N\] /)
    terminal.type(answer < ' ' && answer !== '' ? answer : `${answer}\r`)
    expect(await terminal.exited).toBe(expected)
    expect(await running(ecs)).toHaveLength(left)
  })
})

describe('wrong usage of stop', () => {
  it('without an ID shows what there is to choose', async () => {
    await using ecs = await startEcs(IDLE)
    await start(ecs, 'mysession222')
    const { status, stdout, stderr } = await runCli(['stop'], ecs.variables)
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/stop needs an ID.*\[usage\]\n +Choose from:\n +ID .*\n +mysession222/)
  })

  it('is an ID of which there are several, or which is too short', async () => {
    await using ecs = await startEcs(IDLE)
    await start(ecs, 'mysession222')
    await start(ecs, 'mysession333')
    const several = await runCli(['stop', 'myses'], ecs.variables)
    expect(several.status).toBe(2)
    expect(several.stderr).toMatch(/"myses" matches 2 sessions or tasks\..*\n.*mysession222, mysession333/)
    const short = await runCli(['stop', 'mys'], ecs.variables)
    expect(short.status).toBe(2)
    expect(short.stderr).toContain('"mys" is too short.')
    expect(await running(ecs)).toHaveLength(2)
  })

  it('is two orders at once', async () => {
    const { status, stderr } = await runCli(['stop', '--mine', '--dead'])
    expect(status).toBe(2)
    expect(stderr).toContain('exclude each other')
  })
})
