import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { RemoteExit } from '../../cli/core/exit-status.ts'
import type { Program } from '../../cli/core/link/program.ts'
import type { Channel, Connection, Feature } from '../../cli/session/ports/ssh.ts'

/** What a program of the far end does: it may write, and ends. */
export type FakeProgram = (program: Program, signal: AbortSignal, stdout: PassThrough) => Promise<RemoteExit>

/** A connection on which every program is `run`. */
export function fakeConnection(run: FakeProgram, features: readonly Feature[] = []): Connection {
  return {
    user: 'app',
    hostKey: 'ssh-ed25519 AAAA',
    cipher: 'aes128-gcm@openssh.com',
    features: new Set(features),
    lost: new AbortController().signal,
    open: async (program, signal) => fakeChannel((stdout) => run(program, signal, stdout)),
    openSftp: () => Promise.reject(new Error('There is no SFTP server here.')),
    dial: () => Promise.reject(new Error('Nothing is dialled here.')),
    listen: () => Promise.reject(new Error('Nothing listens here.')),
    [Symbol.asyncDispose]: async () => {},
  }
}

/** A channel whose program has ended once its output is read. */
function fakeChannel(run: (stdout: PassThrough) => Promise<RemoteExit>): Channel {
  const stdout = new PassThrough()
  const ended = run(stdout).finally(() => finished(stdout.end()).catch(() => {}))
  ended.catch(() => {})
  const stdin = new PassThrough().resume()
  const stderr = new PassThrough().end()
  const nothing = () => {}
  return {
    stdin,
    stdout,
    stderr,
    ended,
    resize: nothing,
    stopReading: nothing,
    [Symbol.asyncDispose]: async () => {},
  }
}
