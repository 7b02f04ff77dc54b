import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLI, cliOnTerminal, type OnTerminal, onTerminal, runCli } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'

const PROMPT = /[#$] $/

let ecs: TestEcs

beforeAll(async () => {
  ecs = await startEcs()
})
afterAll(() => ecs[Symbol.asyncDispose]())

/** A line of sh on a terminal of 100 columns and 30 rows. `fl` is the command. */
function shell(line: string, variables: Readonly<Record<string, string>> = {}): OnTerminal {
  const script = `fl() { "$NODE" "$CLI" "$@"; }; ${line}`
  const all = { ...ecs.variables, NODE: process.execPath, CLI, ...variables }
  return onTerminal('sh', ['-c', script], all)
}

describe('the size', () => {
  it.each([
    ['with stdout in a pipe', 'fl exec -t -- stty size | cat'],
    ['with stdin and stderr elsewhere', 'fl exec -t -- stty size </dev/null 2>/dev/null'],
    ['with stdin and stdout in a pipe', 'true | fl exec -t -- stty size | cat'],
  ])('is that of our terminal %s', async (_, line) => {
    await using terminal = shell(line)
    await terminal.shows(/30 100\r+\n/)
  })

  it('follows a resize with stdout in a pipe', async () => {
    const script = `trap 'stty size; exit' WINCH; echo re''ady; while :; do sleep 0.1; done`
    await using terminal = shell('fl exec -t -- sh -c "$SCRIPT" | cat', { SCRIPT: script })
    await terminal.shows(/ready\r\n/)
    terminal.pty.resize(133, 44)
    await terminal.shows(/44 133\r\n/)
  })
})

describe("the terminal's own", () => {
  it('modes go along, as with ssh', async () => {
    await using terminal = shell('stty erase ^H -ixon intr ^P eof undef; fl exec -t -- stty -a')
    await terminal.shows(/intr = \^P; .*erase = \^H; .*eof = <undef>;.*-ixon/s)
    expect(await terminal.exited).toBe(0)
  })

  it('COLORTERM goes along, and only to a terminal', async () => {
    const variables = { ...ecs.variables, COLORTERM: 'truecolor' }
    const words = ['--', 'sh', '-c', 'echo "<$COLORTERM>"']
    await using terminal = cliOnTerminal(['exec', '-t', ...words], variables)
    await terminal.shows(/<truecolor>\r\n/)
    expect((await runCli(['exec', ...words], variables)).stdout).toBe('<>\n')
  })
})

describe('a shell', () => {
  it.each([['fl login | cat'], ['fl login 2>&1 | cat']])(
    'has a prompt wherever its output goes, as with ssh: %s',
    async (line) => {
      await using terminal = shell(line)
      await terminal.shows(PROMPT)
      terminal.type('tty; exit\r')
      await terminal.shows(/\/dev\/pts\/\d+\r\n/)
      await terminal.exited
    },
  )

  it('gets what is typed before it is there', async () => {
    await using terminal = shell('fl login')
    await terminal.shows(/Starting /)
    terminal.type('echo a""head; exit 4\r')
    await terminal.shows(/ahead\r\n/)
    expect(await terminal.exited).toBe(4)
  })
})

describe('-t and -T', () => {
  it.each([
    ['-tT', 'no'],
    ['-Tt', 'yes'],
    ['-t', 'yes'],
    ['-T', 'no'],
  ])('%s: the last one counts, as with ssh', async (flags, answer) => {
    const { stdout } = await runCli(
      ['exec', '-q', flags, '--', 'sh', '-c', 'test -t 0 && echo yes || echo no'],
      ecs.variables,
    )
    expect(stdout.trim()).toBe(answer)
  })
})

describe('a PTY whose stdin has ended', () => {
  it.each([
    ['a program that reads lines', ['exec', '-t', '--', 'cat'], '', 0],
    ['an unfinished line', ['exec', '-t', '--', 'cat'], 'half', 0],
    ['a shell that edits lines', ['login', '-t'], '', 0],
    ['its unfinished line', ['login', '-t'], 'exit 3', 3],
    ['-n', ['exec', '-t', '-n', '--', 'cat'], 'not read', 0],
  ])('ends %s', async (_, args, input, status) => {
    expect((await runCli(args, ecs.variables, input)).status).toBe(status)
  })
})

describe('-n', () => {
  it('leaves stdin to the loop that reads it', async () => {
    await using terminal = shell(
      `printf 'a\\nb\\n' | while read -r one; do fl exec -nq -- sh -c 'cat; echo "got $1"' sh "$one"; done`,
    )
    await terminal.shows(/got a\r\ngot b\r\n/)
    expect(await terminal.exited).toBe(0)
  })

  it('gives a shell no terminal and no input, so that it ends', async () => {
    await using terminal = shell('fl login -n')
    expect(await terminal.exited).toBe(0)
    expect(terminal.screen()).not.toMatch(PROMPT)
  })
})

describe('a line of our own', () => {
  it('begins at the left after a lost connection', async () => {
    await using terminal = shell(`fl exec -t -- sh -c 'printf "prompt> "; read go; kill -9 $PPID; sleep 60'`)
    await terminal.shows(/prompt> $/)
    // Echoed without a line end.
    terminal.type('a\x04\x04')
    await terminal.shows(/^a?\r\n/)
    await terminal.shows(/\[connection-lost\]/)
    expect(await terminal.exited).toBe(255)
  })

  it.each(['-t', '-T'])('wipes out no output that has no line end (%s)', async (flag) => {
    await using terminal = shell(`fl exec ${flag} -- printf out`)
    await terminal.shows(/out\r+\n/)
    expect(await terminal.exited).toBe(0)
  })
})

describe('escapes', () => {
  it('~? helps, and ~~ is one tilde', async () => {
    await using terminal = cliOnTerminal(['login'], ecs.variables)
    await terminal.shows(PROMPT)
    terminal.type('~?')
    await terminal.shows(/~\?\r\nSupported.*\r\n ~\. .*\r\n ~\^Z .*\r\n ~\? .*\r\n ~~ .*\r\n/)
    terminal.type('\r~~/nowhere\r')
    await terminal.shows(/\/nowhere: No such file|\/nowhere: not found/)
    expect(terminal.screen()).toContain('~/nowhere')
    terminal.type('~.')
    expect(await terminal.exited).toBe(255)
  })
})

describe('a suspended session', () => {
  /** The modes of the terminal of this test, as another process sees them. */
  const modesOf = (path: string) => execFileSync('stty', ['-a', '-F', path], { encoding: 'utf8' })
  const RAW = /-icanon.* -echo /s
  const LOCAL = /local> $/
  const PROGRAM = `trap 'stty size' WINCH; echo re""ady; while :; do sleep 0.1; done`

  /** A session under a shell with job control that does not restore the terminal by itself. */
  async function inJobControl() {
    const variables = { ...ecs.variables, PS1: 'local> ', NODE: process.execPath, CLI, PROGRAM }
    const terminal = onTerminal('dash', ['-i'], variables)
    await terminal.shows(LOCAL)
    terminal.type('tty\r')
    const [, path = ''] = await terminal.shows(/(\/dev\/pts\/\d+)\r\n/)
    await terminal.shows(LOCAL)
    terminal.type(`sh -c 'echo pid $$; exec "$NODE" "$CLI" exec -t -- sh -c "$PROGRAM"'\r`)
    const [, pid] = await terminal.shows(/pid (\d+)\r\n/)
    await terminal.shows(/ready\r\n/)
    expect(modesOf(path)).toMatch(RAW)
    return {
      terminal,
      path,
      pid: Number(pid),
      async [Symbol.asyncDispose]() {
        // An interactive shell ignores SIGTERM.
        terminal.pty.kill('SIGHUP')
        await terminal.exited
      },
    }
  }

  async function continues({ terminal, path }: Awaited<ReturnType<typeof inJobControl>>) {
    terminal.pty.resize(90, 20)
    terminal.type('fg\r')
    await terminal.shows(/20 90\r\n/)
    expect(modesOf(path)).toMatch(RAW)
    terminal.type('\r~.')
    await terminal.shows(LOCAL)
    terminal.type('echo "status $?"; exit\r')
    await terminal.shows(/status 255\r\n/)
  }

  it('by ~^Z gives the terminal back, and has it and its new size again after fg', async () => {
    await using session = await inJobControl()
    const { terminal, path } = session
    terminal.type('\r~\x1a')
    await terminal.shows(/Stopped/)
    await terminal.shows(LOCAL)
    expect(modesOf(path)).not.toMatch(RAW)
    await continues(session)
  })

  it('by a signal has the terminal and its new size again after fg', async () => {
    await using session = await inJobControl()
    const { terminal, pid } = session
    process.kill(pid, 'SIGSTOP')
    await terminal.shows(LOCAL)
    terminal.type('stty sane\n')
    await terminal.shows(LOCAL)
    await continues(session)
  })

  it('by ~^Z goes on where nothing could continue it', async () => {
    await using terminal = cliOnTerminal(['login'], ecs.variables)
    await terminal.shows(PROMPT)
    terminal.type('\r~\x1a')
    terminal.type('exit 7\r')
    expect(await terminal.exited).toBe(7)
  })
})
