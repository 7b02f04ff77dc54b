import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLI, cliOnTerminal, onTerminal, runCli, startCli } from '../helpers/cli.ts'
import { engineForTests } from '../helpers/container.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { makeState, type TestState } from '../helpers/state.ts'

const engine = await engineForTests()
const PROMPT = /[#$] (\x1b\[6n)?$/

describe.skipIf(!engine)('a terminal that the task holds', () => {
  let ecs: TestEcs
  let state: TestState
  let variables: Readonly<Record<string, string>>

  beforeAll(async () => {
    if (!engine) return
    ecs = await startEcs({ runner: 'container' })
    state = makeState()
    variables = { ...ecs.variables, ...state.variables }
  }, 900_000)
  afterAll(async () => {
    await ecs?.[Symbol.asyncDispose]()
    state?.[Symbol.dispose]()
  })

  const login = 'stty erase ^H -ixon eof undef; "$NODE" "$CLI" "$@"'

  it('has the modes and COLORTERM of ours', async () => {
    const args = ['exec', '-t', '--', 'sh', '-c', 'echo "<$COLORTERM>"; stty -a']
    await using terminal = onTerminal('sh', ['-c', login, 'sh', ...args], {
      ...variables,
      NODE: process.execPath,
      CLI,
      COLORTERM: 'truecolor',
    })
    await terminal.shows(/<truecolor>\r\n/)
    await terminal.shows(/intr = \^C; .*erase = \^H; .*eof = <undef>;.*\s-ixon\s.*\siutf8\s.*\secho\s/s)
    expect(await terminal.exited).toBe(0)
  })

  it.each([
    ['a program that reads lines', ['exec', '-t', '--', 'cat'], 'half', 0],
    ['a shell', ['login', '-t'], '', 0],
    ['a line of a shell', ['login', '-t'], 'exit 3', 3],
  ])('ends %s when stdin has ended', async (_, args, input, status) => {
    expect((await runCli(args, variables, input)).status).toBe(status)
  })

  it('has escapes in attach, and outlives the end of its stdin', async () => {
    const { stdout } = await runCli(['login', '--detach', '-q'], variables)
    const session = stdout.trim()
    {
      const { child, finished, printed } = startCli(['attach', session], variables)
      child.stdin.end('mark=kept; echo re""ady\r')
      await printed(/ready\r\n/)
      child.kill('SIGTERM')
      expect((await finished).status).toBe(143)
    }
    await using terminal = cliOnTerminal(['attach', session], variables)
    await terminal.shows(PROMPT)
    terminal.type('\r~?')
    await terminal.shows(/Supported escape sequences:\r\n/)
    terminal.type('echo "the mark is $mark"\r')
    await terminal.shows(/the mark is kept\r\n/)
    terminal.type('exit 5\r')
    expect(await terminal.exited).toBe(5)
  })

  it('says on stderr, in a line of its own, that another connection took over', async () => {
    const { stdout } = await runCli(['login', '--detach', '-q'], variables)
    const session = stdout.trim()
    await using first = onTerminal(
      'sh',
      ['-c', '"$NODE" "$CLI" attach "$1" 2>"$LOG"; cat "$LOG"', 'sh', session],
      {
        ...variables,
        NODE: process.execPath,
        CLI,
        LOG: `${state.home}/log`,
      },
    )
    await first.shows(PROMPT)
    await using second = cliOnTerminal(['attach', session], variables)
    await second.shows(PROMPT)
    await first.shows(/warning: Another connection shows the program now\.\r\n/)
    expect(await first.exited).toBe(0)
    expect(first.screen().split('fargate-login:')[0]).not.toMatch(/connection/)
    second.type('exit\r')
    expect(await second.exited).toBe(0)
  })

  it('leaves the left margin to the progress of a lost connection', async () => {
    const script = `printf 'prompt> '; read go; pkill -9 -f '^sshd-session: root'; read go; exit 4`
    await using terminal = cliOnTerminal(['exec', '-t', '--', 'sh', '-c', script], variables)
    await terminal.shows(/prompt> $/)
    terminal.type('a\x04\x04')
    await terminal.shows(/^a?\r\n[\s\S]*Connection lost; reconnecting to/)
    await terminal.shows(/Reconnected/)
    terminal.type('\r')
    expect(await terminal.exited).toBe(4)
  })
})
