import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cliOnTerminal, runCli, startCli } from '../helpers/cli.ts'
import { engineForTests } from '../helpers/container.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'

const engine = await engineForTests()

/** Ends the server's side of every connection, and nothing else: what the client sees is that of a broken network. */
const CUT = "pkill -9 -f '^sshd-session: root'"

describe.skipIf(!engine)('a connection that breaks', () => {
  let ecs: TestEcs

  beforeAll(async () => {
    if (engine) ecs = await startEcs({ runner: 'container' })
  }, 900_000)
  afterAll(() => ecs?.[Symbol.asyncDispose]())

  it('comes back to the same shell, which lost nothing meanwhile', async () => {
    await using terminal = cliOnTerminal(['login'], ecs.variables)
    await terminal.shows(/Connected as /)
    await terminal.shows(/[$#] (\x1b\[6n)?$/)
    terminal.type('stty -echo; mark=kept; seq -f before%g 3\r')
    await terminal.shows(/before3/)
    // Writes while nobody listens, and when somebody does again.
    terminal.type(`(sleep 1; seq -f meanwhile%g 2000; sleep 2; echo after) & ${CUT}\r`)
    await terminal.shows(/Connection lost; reconnecting to .* of 120 s/)
    await terminal.shows(/✓\S* Reconnected after \d+ s; nothing was lost\r\n/)
    const { 0: shown } = await terminal.shows(/meanwhile1\r\n[\s\S]*meanwhile2000\r\n/)
    expect(shown.match(/meanwhile\d+/g)).toHaveLength(2000)
    await terminal.shows(/after\r\n/)
    terminal.type('echo "the mark is $mark"; exit 9\r')
    await terminal.shows(/the mark is kept/)
    expect(await terminal.exited).toBe(9)
    expect(terminal.screen().match(/before3/g)).toHaveLength(1)
  })

  it('loses no byte after somebody typed ahead, and takes much at once in both directions', async () => {
    const script = [
      'stty raw -echo',
      'echo go',
      'seq -f line%06g 100000',
      'head -c 300001 | tail -c 300000 | sha256sum',
      CUT,
      'sleep 0.2',
      'seq -f last%03g 100',
      'exit 3',
    ].join('; ')
    const input = Buffer.alloc(300_000, 'typed ahead')
    const { child, finished, printed } = startCli(
      ['exec', '-v', '-t', '--', 'sh', '-c', script],
      ecs.variables,
    )
    child.stdin.write('x')
    await printed(/go\n/)
    child.stdin.end(input)
    const { stdout, status } = await finished
    const expected = createHash('sha256').update(input).digest('hex')
    expect(stdout).toContain(expected)
    const lines = Array.from({ length: 100_000 }, (_, index) => `line${String(index + 1).padStart(6, '0')}\n`)
    const last = Array.from({ length: 100 }, (_, index) => `last${String(index + 1).padStart(3, '0')}\n`)
    // The inner terminal has echoed what was typed ahead, if it came before the echo was off.
    expect(stdout.replace(/^x/, '')).toBe(`go\n${lines.join('')}${expected}  -\n${last.join('')}`)
    expect(status).toBe(3)
  })

  it('tells how a program ended that did so meanwhile', async () => {
    await using terminal = cliOnTerminal(
      ['exec', '-t', '--', 'sh', '-c', `${CUT}; echo over; exit 5`],
      ecs.variables,
    )
    await terminal.shows(/reconnecting/)
    await terminal.shows(/over\r\n/)
    expect(await terminal.exited).toBe(5)
  })

  it('is given up at once by Ctrl-C', async () => {
    await using terminal = cliOnTerminal(['login'], ecs.variables)
    await terminal.shows(/Connected as /)
    await terminal.shows(/[$#] (\x1b\[6n)?$/)
    // Nobody listens any more, and the task goes on.
    terminal.type(`pkill -STOP -x sshd; ${CUT}\r`)
    await terminal.shows(/reconnecting/)
    terminal.type('\x03')
    expect(await terminal.exited).toBe(130)
    expect((await ecs.tasks()).filter(({ desiredStatus }) => desiredStatus === 'RUNNING')).toEqual([])
  })

  it('is the end of a command without a terminal, which is not run twice', async () => {
    const { stdout, stderr, status } = await runCli(
      ['exec', '--', 'sh', '-c', `echo once; sleep 0.2; ${CUT}; sleep 60`],
      ecs.variables,
    )
    expect(stdout).toBe('once\n')
    expect(stderr).toContain('[connection-lost]')
    expect(stderr).toContain('The session has ended with its connection. Start again')
    expect(status).toBe(255)
  })

  it('is not mended where that is not wanted', async () => {
    const { child, finished, said } = startCli(['login', '-v', '-t', '--reconnect', '0'], ecs.variables)
    await said(/host key verified/)
    child.stdin.write(`${CUT}\n`)
    const { stderr, status } = await finished
    expect(stderr).not.toContain('Trying again')
    expect(stderr).toContain('[connection-lost]')
    expect(status).toBe(255)
  })
})
