import { Readable } from 'node:stream'
import { FargateLoginError } from '../../core/error.ts'
import type { RemoteExit } from '../../core/exit-status.ts'
import type { Program } from '../../core/link/program.ts'
import { unlessAborted } from '../../core/wait/settle.ts'
import type { Connection } from '../ports/ssh.ts'
import type { Terminal } from '../ports/terminal.ts'
import { Cursor } from './cursor.ts'
import { ESCAPE_HELP, Escape } from './escape.ts'
import { joinStreams } from './join-streams.ts'

export interface RunInput {
  readonly connection: Connection
  readonly terminal: Terminal
  readonly signal: AbortSignal
  /** Nobody sits at the terminal: the program gets the end of its stdin at once. */
  readonly unattended?: boolean
  /** The program goes on without us, so it does not get the end of our stdin. */
  readonly outlivesUs?: boolean | undefined
  /** Gets the length in bytes of each chunk for stdout. */
  onOutput?(bytes: number): void
}

/**
 * Runs a program on our terminal and copies its three streams until all of its output is delivered.
 * @throws FargateLoginError `connection-lost`, `session-refused`, `stream-failed`, `disconnected-by-user` for `~.`
 */
export async function runProgram(program: Program, input: RunInput): Promise<RemoteExit> {
  const { connection, terminal, signal, unattended, outlivesUs } = input
  await using channel = await connection.open(program, signal)
  const onPty = program.pty !== undefined && !unattended
  using raw = onPty ? terminal.enterRawMode() : undefined
  const release = onPty ? terminal.onResize((size) => channel.resize(size)) : () => {}
  const broken = new AbortController()
  const fail = (error: FargateLoginError) => broken.abort(error)
  const actions = {
    leave: () => fail(byUser()),
    suspend: () => raw?.suspend(),
    help: () => void terminal.stderr.write(ESCAPE_HELP),
  }
  const escapes = onPty && terminal.interactive ? new Escape(actions) : undefined
  const typesEnd = onPty && !terminal.interactive && !outlivesUs
  const cursor = new Cursor()
  const onOutput = (chunk: Buffer) => {
    cursor.move(chunk)
    input.onOutput?.(chunk.length)
  }
  const isShown = onPty || terminal.isOneScreen
  const streams = unattended ? { ...terminal, stdin: Readable.from([]) } : terminal
  const separate = joinStreams(channel, streams, { escapes, typesEnd, onOutput, fail })
  try {
    const exit = await unlessAborted(channel.ended, AbortSignal.any([signal, broken.signal]))
    if (isShown && (outlivesUs ? cursor.mayBeInLine : cursor.isInLine)) terminal.startLine()
    return exit
  } catch (error) {
    if (isShown && cursor.mayBeInLine) terminal.startLine()
    throw error
  } finally {
    release()
    separate()
  }
}

function byUser(): FargateLoginError {
  return new FargateLoginError('disconnected-by-user', 'Disconnected (~.).')
}
