import { describe, expect, it } from 'vitest'
import { cliOnTerminal, runCli, startCli } from '../helpers/cli.ts'
import { startEcs } from '../helpers/ecs.ts'
import { leaveBehind, startTasks } from '../helpers/sessions.ts'
import { makeState } from '../helpers/state.ts'

const BOB = 'arn:aws:iam::000000000000:user/bob'
/** Tasks that are there and run nothing. */
const IDLE = { delays: { PROVISIONING: 600_000 } }

describe('list', () => {
  it('shows a session of mine from a machine that knows nothing of it', async () => {
    await using ecs = await startEcs()
    const { child, finished, said } = startCli(['exec', '-v', '--', 'sleep', '60'], ecs.variables)
    await said(/Connected as .*verified/)
    const { status, stdout } = await runCli(['list'], ecs.variables)
    expect(status).toBe(0)
    const [header, row, ...rest] = stdout.split('\n')
    expect(header).toMatch(/^ID +WHAT +STATUS +AGE +COST +KEPT$/)
    expect(row).toMatch(/^[a-z2-7]{12} {2}\S+:\d+\/\S+ {2}\w+ +\d+ s +\$0\.0\d+$/)
    expect(rest).toEqual([''])
    const json = await runCli(['ls', '--json', '-q'], ecs.variables)
    expect(json.stderr).toBe('')
    const [task] = await ecs.tasks()
    expect(JSON.parse(json.stdout)).toEqual([
      {
        session: row?.slice(0, 12),
        taskArn: task?.taskArn,
        owner: 'arn:aws:iam::000000000000:user/local',
        mine: true,
        detached: false,
        keptSeconds: null,
        keptUntil: null,
        status: expect.any(String),
        createdAt: task?.createdAt?.toISOString(),
        taskDefinition: expect.stringMatching(/:\d+$/),
        container: expect.any(String),
        centsPerHour: expect.any(Number),
        cents: expect.any(Number),
      },
    ])
    child.kill('SIGINT')
    await finished
  })

  it('knows an untagged session by the variable of its task', async () => {
    await using ecs = await startEcs(IDLE)
    const { child, finished, said } = startCli(['exec', '-v', '--no-tags', '--', 'true'], ecs.variables)
    await said(/PROVISIONING/)
    const { stdout } = await runCli(['list', '--json'], ecs.variables)
    expect(JSON.parse(stdout)).toMatchObject([{ mine: true, owner: 'arn:aws:iam::000000000000:user/local' }])
    child.kill('SIGINT')
    await finished
  })

  it('shows those of others with --all only, and what fargate-login did not start never', async () => {
    await using ecs = await startEcs(IDLE)
    await startTasks(ecs, { startedBy: 'fargate-login/bobsession22', owner: BOB })
    await startTasks(ecs, { startedBy: 'deploy', owner: BOB })
    const mine = await runCli(['list'], ecs.variables)
    expect(mine).toMatchObject({ status: 0, stdout: '', stderr: '' })
    expect((await runCli(['list', '-v'], ecs.variables)).stderr).toContain(
      'You have no live sessions on cluster default; 1 belongs to others: add --all.',
    )
    const { stdout } = await runCli(['list', '--all'], ecs.variables)
    expect(stdout.trim().split('\n')).toHaveLength(2)
    expect(stdout).toMatch(/^ID +WHAT +STATUS +AGE +COST +OWNER +KEPT\n/)
    expect(stdout).toMatch(/^bobsession22 .* bob$/m)
    expect((await runCli(['list', '--all', '-v'], ecs.variables)).stdout).toMatch(
      new RegExp(`^bobsession22  \\w{32}  .* ${BOB}$`, 'm'),
    )
  })

  it('says that nothing is there', async () => {
    await using ecs = await startEcs()
    const { status, stdout, stderr } = await runCli(['list', '-q', '--json'], ecs.variables)
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '[]\n', stderr: '' })
    expect(await runCli(['list'], ecs.variables)).toEqual({ status: 0, stdout: '', stderr: '' })
    await using terminal = cliOnTerminal(['list'], ecs.variables)
    await terminal.shows(/There are no live sessions on cluster default\.\r\n/)
    expect(await terminal.exited).toBe(0)
  })

  it('reads all pages of more than 100 tasks', async () => {
    await using ecs = await startEcs(IDLE)
    for (let i = 0; i < 10; i++) await startTasks(ecs, { startedBy: 'deploy', count: 10 })
    for (let i = 2; i < 4; i++) {
      await startTasks(ecs, { startedBy: `fargate-login/bobsession2${i}`, owner: BOB, count: 10 })
    }
    const { stdout } = await runCli(['list', '--all', '--json'], ecs.variables)
    expect(JSON.parse(stdout)).toHaveLength(20)
  })

  it('costs no more than the price when EC2 may not be asked', async () => {
    await using ecs = await startEcs({
      ...IDLE,
      faults: [{ operation: 'DescribeNetworkInterfaces', error: 'UnauthorizedOperation' }],
    })
    await startTasks(ecs, { startedBy: 'fargate-login/bobsession22', owner: BOB })
    const { status, stdout } = await runCli(['list', '--all', '--json'], ecs.variables)
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject([{ centsPerHour: expect.any(Number) }])
  })

  it('names noted sessions of other places, and what was left behind', async () => {
    await using ecs = await startEcs()
    await using other = await startEcs()
    using state = makeState()
    const variables = { ...ecs.variables, ...state.variables }
    const { child, finished, said } = startCli(['exec', '-v', '--', 'sleep', '60'], {
      ...other.variables,
      ...state.variables,
    })
    await said(/Connected as .*verified/)
    await leaveBehind(variables)
    const { stdout, stderr } = await runCli(['list', '-v'], variables)
    expect(stdout.trim().split('\n')).toHaveLength(2)
    const elsewhere = `\n  fargate-login list --cluster default --region us-east-1 --endpoint-url ${other.ecs.endpointUrl}`
    expect(stderr).toContain(elsewhere)
    expect(stderr.match(/was left behind/g)).toHaveLength(1)
    child.kill('SIGINT')
    await finished
  })

  it('forgets what was left behind once its task is known to be gone', async () => {
    await using ecs = await startEcs()
    using state = makeState()
    const variables = { ...ecs.variables, ...state.variables }
    await leaveBehind(variables)
    await runCli(['stop', '--mine'], ecs.variables)
    const [entry] = state.entries()
    state.write(`${entry?.session}.json`, { ...entry, createdAt: '2026-01-01T00:00:00.000Z' })
    const { stderr } = await runCli(['list'], variables)
    expect(stderr).not.toContain('left behind')
    expect(state.entries()).toEqual([])
  })

  it('fails with the words of AWS', async () => {
    await using ecs = await startEcs()
    const { status, stdout, stderr } = await runCli(['list', '--cluster', 'nope'], ecs.variables)
    expect({ status, stdout }).toEqual({ status: 255, stdout: '' })
    expect(stderr).toContain('ClusterNotFoundException')
  })
})
