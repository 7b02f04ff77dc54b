import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLI, cliOnTerminal, onTerminal, runCli } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'

/** The shell's; only then the terminal is the far end's. */
const PROMPT = /[#$] $/

let ecs: TestEcs

beforeAll(async () => {
  ecs = await startEcs()
})
afterAll(() => ecs[Symbol.asyncDispose]())

async function noTaskIsLeft(): Promise<void> {
  const alive = (await ecs.tasks()).filter(({ desiredStatus }) => desiredStatus !== 'STOPPED')
  expect(alive).toEqual([])
}

describe('login without a terminal', () => {
  it('reads commands from stdin as ssh does, and ends with their status', async () => {
    const { stdout, status } = await runCli(['login'], ecs.variables, 'echo from-task\nexit 7\n')
    expect(stdout).toBe('from-task\n')
    expect(status).toBe(7)
  })
})

describe('login on a terminal', () => {
  it('is left by ~. whatever the far end does', async () => {
    await using terminal = cliOnTerminal(['login'], ecs.variables)
    await terminal.shows(PROMPT)
    terminal.type("trap '' INT; stty -isig; echo stuck; sleep 60\r")
    await terminal.shows(/stuck\r\n/)
    terminal.type('\r~.')
    await terminal.shows(/Disconnected \(~\.\)\./)
    expect(await terminal.exited).toBe(255)
    await noTaskIsLeft()
  })

  it('is an interactive shell with our TERM and size, and ends with its status', async () => {
    await using terminal = cliOnTerminal(['login'], ecs.variables)
    await terminal.shows(/Connected as \S+ to 127[\d.]+:2222, host key verified \(session \w{12}\)/)
    await terminal.shows(PROMPT)
    terminal.type('echo $TERM; stty size; tty\r')
    await terminal.shows(/xterm-256color\r\n30 100\r\n\/dev\/pts/)
    terminal.type('exit 9\r')
    expect(await terminal.exited).toBe(9)
    expect(terminal.screen()).toMatch(/✓\S* Stopped session \w{12} after [\d.]+ s, about \$0\.0\d+/)
    await noTaskIsLeft()
  })

  it('tells the far end of a resize', async () => {
    await using terminal = cliOnTerminal(['login'], ecs.variables)
    await terminal.shows(PROMPT)
    terminal.type('trap "stty size" WINCH; echo re""ady\r')
    await terminal.shows(/ready/)
    terminal.pty.resize(133, 44)
    // An interactive shell runs its trap at the next prompt.
    terminal.type('\r')
    await terminal.shows(/44 133/)
    terminal.type('exit\r')
    expect(await terminal.exited).toBe(0)
  })

  it('sends Ctrl-C to the remote command, not to itself', async () => {
    await using terminal = cliOnTerminal(['login'], ecs.variables)
    await terminal.shows(PROMPT)
    // One program, as a shell between two of its own commands may miss the signal.
    terminal.type(`sh -c 'echo re""ady; exec sleep 60'\r`)
    await terminal.shows(/ready/)
    terminal.type('\x03')
    await terminal.shows(PROMPT)
    terminal.type('echo status=$?\r')
    await terminal.shows(/status=130/)
    terminal.type('exit\r')
    await terminal.exited
  })

  it('runs a full-screen program, arrow keys and UTF-8 included', async () => {
    await using terminal = cliOnTerminal(['exec', '-t', '--', 'vi', '-u', 'NONE', '-N'], ecs.variables)
    await terminal.shows(/\x1b\[\?1049h.*~/s)
    terminal.type('igrüße → 日本\x1b')
    await terminal.shows(/日本/)
    terminal.type('o12\x1b[D34\x1b')
    terminal.type(':w !od -An -c | tr -d " \\\\n"\r')
    await terminal.shows(/1342/)
    terminal.type('\r:q!\r')
    await terminal.shows(/\x1b\[\?1049l/)
    expect(await terminal.exited).toBe(0)
  })

  it('erases whole UTF-8 characters where the far end reads lines', async () => {
    const script = `echo re''ady; read -r line; printf %s "$line" | od -An -tx1`
    await using terminal = cliOnTerminal(['exec', '-t', '--', 'sh', '-c', script], ecs.variables)
    await terminal.shows(/ready\r\n/)
    terminal.type('aü\x7fb\r')
    await terminal.shows(/ 61 62\r\n/)
  })

  it('shows what the far end writes as it is, bare line feeds included', async () => {
    const script = `stty raw; printf 'a\\nb\\r\\nc'`
    await using terminal = cliOnTerminal(['exec', '-t', '--', 'sh', '-c', script], ecs.variables)
    await terminal.shows(/a\nb\r\nc/)
    expect(await terminal.exited).toBe(0)
  })

  it('takes a bracketed paste of 1 MB, every byte', async () => {
    const paste = `\x1b[200~${Array.from({ length: 1 << 20 }, (_, index) => String.fromCharCode(97 + (index % 23))).join('')}\x1b[201~`
    const script = `stty raw -echo; printf 're''ady\\r\\n'; head -c ${paste.length} | sha256sum`
    await using terminal = cliOnTerminal(['exec', '-t', '--', 'sh', '-c', script], ecs.variables)
    await terminal.shows(/ready\r\n/)
    terminal.type(paste)
    const [, digest] = await terminal.shows(/([0-9a-f]{64})/)
    expect(digest).toBe(createHash('sha256').update(paste).digest('hex'))
  })

  it('restores the terminal, whatever ended the session', async () => {
    const script = `stty -a; "$@"; echo; stty -a; echo over`
    for (const command of ['exit 3', 'kill -9 $PPID']) {
      await using terminal = onTerminal(
        'sh',
        ['-c', script, 'sh', process.execPath, CLI, 'exec', '-t', '--', 'sh', '-c', command],
        ecs.variables,
      )
      await terminal.shows(/over\r\n/)
      const [before, after] = terminal.screen().match(/speed.*?-extproc/gs) ?? []
      expect(before).toBeTruthy()
      expect(after).toBe(before)
    }
  })
})
