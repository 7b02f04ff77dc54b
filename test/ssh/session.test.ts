import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { PassThrough, Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exitStatus } from '../../cli/core/exit-status.ts'
import type { PlannedProgram } from '../../cli/core/plan/activity.ts'
import { programFor } from '../../cli/session/activities/program.ts'
import { runProgram } from '../../cli/session/activities/run-program.ts'
import type { Connection } from '../../cli/session/ports/ssh.ts'
import type { Terminal } from '../../cli/session/ports/terminal.ts'
import { makeSsh } from '../../cli/ssh/ssh.ts'
import { fakeTerminal } from '../helpers/fake-terminal.ts'
import { connectTo, type Sshd, startSshd } from '../helpers/sshd.ts'

const NEVER = new AbortController().signal
let sshd: Sshd

beforeAll(async () => {
  sshd = await startSshd(await makeSsh('ed25519').makeKeys())
})
afterAll(() => sshd[Symbol.asyncDispose]())

async function run(planned: PlannedProgram, terminal: Terminal = fakeTerminal()): Promise<number> {
  await using connection = await connectTo(sshd)
  return exitStatus(await runOn(connection, planned, terminal))
}

async function runOn(connection: Connection, planned: PlannedProgram, terminal: Terminal, signal = NEVER) {
  const program = await programFor(planned, { terminal, environment: {} })
  return runProgram(program, { connection, terminal, signal })
}

function command(line: string): PlannedProgram {
  return { command: line, pty: false }
}

describe('a command', () => {
  it.each([0, 1, 4, 5, 44, 255])('ends with status %d', async (status) => {
    expect(await run(command(`exit ${status}`))).toBe(status)
    expect(await run(command(`exec >/dev/null 2>&1; sleep 0.2; exit ${status}`))).toBe(status)
  })

  it.each([
    ['TERM', 143],
    ['KILL', 137],
    ['USR1', 138],
  ])('killed by SIG%s ends with %d', async (signal, status) => {
    expect(await run(command(`kill -${signal} $$`))).toBe(status)
  })

  it('has stdin, stdout and stderr apart, binary-safe, and gets the end of stdin', async () => {
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256))
    const terminal = fakeTerminal(bytes)
    expect(await run(command('sha256sum; echo problem >&2; exit 4'), terminal)).toBe(4)
    expect(terminal.output()).toContain(createHash('sha256').update(bytes).digest('hex'))
    expect(terminal.errors()).toBe('problem\n')
  })

  it('delivers what it writes after its stdin has ended', async () => {
    const terminal = fakeTerminal('x')
    expect(await run(command('cat >/dev/null; sleep 0.2; echo late'), terminal)).toBe(0)
    expect(terminal.output()).toBe('late\n')
  })

  it('ends although stdin stays open', async () => {
    expect(await run(command('exit 5'), fakeTerminal(new PassThrough()))).toBe(5)
  })

  it('gets SIGPIPE when nobody reads its output, and its status still arrives', async () => {
    const deaf = fakeTerminal()
    deaf.stdout.once('data', () => deaf.stdout.destroy(Object.assign(new Error('EPIPE'), { code: 'EPIPE' })))
    expect(await run(command('yes; exit 5'), deaf)).toBe(5)
  })

  it('moves 300 MB each way through a slow reader without holding them', async () => {
    const size = 300 << 20
    const chunk = Buffer.alloc(1 << 20, 'a')
    let made = 0
    const source = new Readable({
      read() {
        made += chunk.length
        this.push(made > size ? null : chunk)
      },
    })
    const terminal = fakeTerminal(source)
    terminal.stdout.removeAllListeners('data')
    let received = 0
    let peak = 0
    terminal.stdout.on('data', (bytes: Buffer) => {
      received += bytes.length
      peak = Math.max(peak, made - received)
    })
    const before = process.memoryUsage().rss
    expect(await run(command('cat'), terminal)).toBe(0)
    expect(received).toBe(size)
    expect(peak).toBeLessThan(32 << 20)
    expect(process.memoryUsage().rss - before).toBeLessThan(250 << 20)
  })
})

describe('a PTY', () => {
  it('has our TERM and size, and joins both outputs', async () => {
    const terminal = fakeTerminal(new PassThrough())
    const line = 'echo $TERM; stty size; test -t 0 && test -t 1 && test -t 2 && echo tty; echo e >&2'
    expect(await run({ command: line, pty: true }, terminal)).toBe(0)
    expect(terminal.output().split('\r\n')).toEqual(['xterm-256color', '37 101', 'tty', 'e', ''])
  })

  it('has the modes of our terminal', async () => {
    const modes = { characters: { erase: 8, eof: undefined }, switches: { ixon: false, echo: true } }
    const terminal = { ...fakeTerminal(new PassThrough()), modes: async () => modes }
    expect(await run({ command: 'stty -a', pty: true }, terminal)).toBe(0)
    expect(terminal.output()).toMatch(/erase = \^H; .*eof = <undef>;.*\s-ixon\s/s)
  })

  it('is there although the server takes none of our variables', async () => {
    const terminal = { ...fakeTerminal(new PassThrough()), variables: { COLORTERM: 'truecolor', LANG: 'C' } }
    expect(await run({ command: 'echo "<$COLORTERM>"', pty: true }, terminal)).toBe(0)
    expect(terminal.output()).toBe('<>\r\n')
  })

  it('hears of a later resize', async () => {
    const stdin = new PassThrough()
    let resize: (size: { columns: number; rows: number }) => void = () => {}
    const terminal = {
      ...fakeTerminal(stdin),
      onResize: (listener: typeof resize) => {
        resize = listener
        return () => {}
      },
    }
    const done = run(
      { command: 'trap "stty size; exit 9" WINCH; echo ready; while :; do sleep 0.05; done', pty: true },
      terminal,
    )
    await once(terminal.stdout, 'data')
    resize({ columns: 132, rows: 50 })
    expect(await done).toBe(9)
    expect(terminal.output()).toContain('50 132')
  })
})

describe('a connection that dies', () => {
  it('ends the session with connection-lost', async () => {
    await using connection = await connectTo(sshd)
    const terminal = fakeTerminal(new PassThrough())
    const session = runOn(connection, command('echo $PPID; sleep 60'), terminal)
    const [pid] = await once(terminal.stdout, 'data')
    process.kill(Number(String(pid)), 'SIGKILL')
    await expect(session).rejects.toMatchObject({ code: 'connection-lost' })
  })

  it('is noticed when the peer only falls silent', async () => {
    await using connection = await connectTo(sshd)
    const terminal = fakeTerminal(new PassThrough())
    const session = runOn(connection, command('echo $PPID; sleep 60'), terminal)
    const [pid] = await once(terminal.stdout, 'data')
    process.kill(Number(String(pid)), 'SIGSTOP')
    await expect(session).rejects.toMatchObject({ message: expect.stringContaining('Keepalive timeout') })
    process.kill(Number(String(pid)), 'SIGKILL')
  })

  it('obeys a cancel at once, with its reason', async () => {
    const cancel = new AbortController()
    await using connection = await connectTo(sshd)
    const terminal = fakeTerminal(new PassThrough())
    const session = runOn(connection, command('echo up; sleep 60'), terminal, cancel.signal)
    await once(terminal.stdout, 'data')
    cancel.abort(new Error('enough'))
    await expect(session).rejects.toThrow('enough')
  })
})
