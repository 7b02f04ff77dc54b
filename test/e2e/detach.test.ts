import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cliOnTerminal, runCli } from '../helpers/cli.ts'
import { engineForTests } from '../helpers/container.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'

const engine = await engineForTests()

describe.skipIf(!engine)('a program that is left running', () => {
  let ecs: TestEcs
  let state: string
  let variables: Readonly<Record<string, string>>

  beforeAll(async () => {
    if (!engine) return
    ecs = await startEcs({ runner: 'container' })
    state = mkdtempSync(join(tmpdir(), 'fargate-login-test-'))
    variables = { ...ecs.variables, XDG_STATE_HOME: state }
  }, 900_000)
  afterAll(async () => {
    await ecs?.[Symbol.asyncDispose]()
    if (state) rmSync(state, { recursive: true })
  })

  const kept = () => readdirSync(join(state, 'fargate-login', 'sessions'))
  const running = async () =>
    (await ecs.tasks()).filter(({ desiredStatus }) => desiredStatus === 'RUNNING').length

  it('goes on without a connection, and is come back to for its output and its end', async () => {
    const script = 'echo begun; sleep 2; tty >/dev/null && echo over; exit 6'
    const detached = await runCli(['exec', '--detach', '--', 'sh', '-c', script], {
      ...variables,
      // The task ends when nobody is connected, unless something goes on.
      FARGATE_LOGIN_RECONNECT: '1',
    })
    expect(detached.status).toBe(0)
    const session = detached.stdout.trim()
    expect(detached.stdout).toMatch(/^[a-z2-7]{12}\n$/)
    expect(kept().sort()).toEqual([`${session}.json`, `${session}.key`])
    const key = statSync(join(state, 'fargate-login', 'sessions', `${session}.key`))
    expect(key.mode & 0o777).toBe(0o600)

    const { stdout, stderr } = await runCli(['list', '-v'], variables)
    expect(stdout).toMatch(new RegExp(`^${session} .* detached$`, 'm'))
    expect(stderr).toContain(`Return to a detached session with:\n  fargate-login attach ${session}\n`)
    expect(stderr).toContain(`${session}.key`)
    // It is no leftover of a killed process.
    expect((await runCli(['stop', '--dead', '-v'], variables)).stderr).toContain('No session was left behind')

    await using terminal = cliOnTerminal(['attach', session.slice(0, 6)], variables)
    await terminal.shows(/begun\r\n/)
    await terminal.shows(/over\r\n/)
    expect(await terminal.exited).toBe(6)
    expect(kept()).toEqual([])
    expect(await running()).toBe(0)
  })

  it('goes on when attach loses its connection, which says so, and nothing of a stop', async () => {
    const cut = "read go; pkill -9 -f '^sshd-session: root'; sleep 60"
    const detached = await runCli(['exec', '--detach', '--', 'sh', '-c', cut], {
      ...variables,
      FARGATE_LOGIN_RECONNECT: '0',
    })
    const session = detached.stdout.trim()
    await using terminal = cliOnTerminal(['attach', session], variables)
    await terminal.shows(/Connected as /)
    terminal.type('go\r')
    await terminal.shows(/\[connection-lost\]/)
    expect(await terminal.exited).toBe(255)
    expect(terminal.screen()).toMatch(
      new RegExp(`Session ${session} is still running.*\r\n {2}fargate-login attach ${session}\r\n`),
    )
    expect(terminal.screen()).not.toMatch(/stopped/i)
    expect(await running()).toBe(1)
    expect((await runCli(['stop', session], variables)).status).toBe(0)
  })

  it('is left again by ~., and another time as it was', async () => {
    await using first = cliOnTerminal(['login', '--detach'], variables)
    const [, session = ''] = await first.shows(
      /still running\. Return to it with:\r\n {2}fargate-login attach (\w{12})\r\n/,
    )
    expect(await first.exited).toBe(0)
    {
      await using terminal = cliOnTerminal(['attach', session], variables)
      await terminal.shows(/Connected as /)
      await terminal.shows(/To leave it running, type ~\. at the beginning of a line\./)
      terminal.type('mark=kept; seq -f earlier%g 3\r')
      await terminal.shows(/earlier3\r\n/)
      terminal.type('\r~.')
      await terminal.shows(
        new RegExp(
          `fargate-login: Session ${session} is still running.*\r\n {2}fargate-login attach ${session}\r\n`,
        ),
      )
      expect(await terminal.exited).toBe(0)
      expect(terminal.screen()).not.toContain('warning')
    }
    expect(await running()).toBe(1)
    {
      await using terminal = cliOnTerminal(['attach', session], variables)
      await terminal.shows(/earlier1\r\nearlier2\r\nearlier3\r\n/)
      terminal.type('echo "the mark is $mark"\r')
      await terminal.shows(/the mark is kept/)
      // As when the window is closed.
      terminal.pty.kill('SIGHUP')
      expect(await terminal.exited).toBe(129)
    }
    expect(await running()).toBe(1)
    expect((await runCli(['stop', session], variables)).status).toBe(0)
    expect(kept()).toEqual([])
    const gone = await runCli(['attach', session], variables)
    expect(gone.status).toBe(255)
    expect(gone.stderr).toContain('[session-unknown]')
  })

  it('is shown by one connection at a time, the last that came', async () => {
    const { stdout } = await runCli(['login', '--detach', '-q'], variables)
    const session = stdout.trim()
    await using first = cliOnTerminal(['attach', session], variables)
    await first.shows(/Connected as /)
    await first.shows(/[$#] $/)
    await using second = cliOnTerminal(['attach', session], variables)
    await first.shows(/Another connection shows the program now/)
    await first.shows(new RegExp(`Session ${session} is still running`))
    expect(await first.exited).toBe(0)
    expect(await running()).toBe(1)
    await second.shows(/[$#] $/)
    second.type('exit 8\r')
    expect(await second.exited).toBe(8)
    expect(await running()).toBe(0)
    expect(kept()).toEqual([])
  })

  it('is refused where its task would not outlive the command', async () => {
    const { status, stderr } = await runCli(['login', '--local', '--detach'], variables)
    expect(status).toBe(2)
    expect(stderr).toContain('fargate-login local')
  })
})
