import { Readable } from 'node:stream'
import { FargateLoginError } from '../../core/error.ts'
import type { RemoteExit } from '../../core/exit-status.ts'
import type { Program } from '../../core/link/program.ts'
import { unlessAborted } from '../../core/wait/settle.ts'
import type { Connection } from '../ports/ssh.ts'
import type { Terminal } from '../ports/terminal.ts'
import { Escape } from './escape.ts'
import { joinStreams } from './join-streams.ts'

export interface RunInput {
  readonly connection: Connection
  readonly terminal: Terminal
  readonly signal: AbortSignal
  /** Nobody sits at the terminal: the program gets the end of its stdin at once. */
  readonly unattended?: boolean
  /** Gets the length in bytes of each chunk for stdout. */
  onOutput?(bytes: number): void
}

/**
 * Runs a program on our terminal and copies its three streams until all of its output is delivered.
 * @throws FargateLoginError `connection-lost`, `session-refused`, `stream-failed`, `disconnected-by-user` for `~.`
 */
export async function runProgram(program: Program, input: RunInput): Promise<RemoteExit> {
  const { connection, terminal, signal, unattended, onOutput } = input
  await using channel = await connection.open(program, signal)
  const onPty = program.pty !== undefined && !unattended
  using _raw = onPty ? terminal.enterRawMode() : NOTHING
  const release = onPty ? terminal.onResize((size) => channel.resize(size)) : () => {}
  const broken = new AbortController()
  const fail = (error: FargateLoginError) => broken.abort(error)
  const escapes = onPty && terminal.interactive ? new Escape(() => fail(byUser())) : undefined
  const streams = unattended ? { ...terminal, stdin: Readable.from([]) } : terminal
  const separate = joinStreams(channel, streams, { escapes, onOutput, fail })
  try {
    return await unlessAborted(channel.ended, AbortSignal.any([signal, broken.signal]))
  } finally {
    release()
    separate()
  }
}

const NOTHING: Disposable = { [Symbol.dispose]: () => {} }

function byUser(): FargateLoginError {
  return new FargateLoginError('disconnected-by-user', 'Disconnected (~.).')
}
