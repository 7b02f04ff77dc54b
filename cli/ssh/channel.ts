import type { Readable, Writable } from 'node:stream'
import type { ClientChannel } from 'ssh2'
import { FargateLoginError } from '../core/error.ts'
import type { RemoteExit } from '../core/exit-status.ts'
import type { Program, Pty, Size } from '../core/link/program.ts'
import { foreignWords } from '../core/text/foreign-words.ts'
import { settleOnce } from '../core/wait/settle.ts'
import type { Channel } from '../session/ports/ssh.ts'
import { sendEndOfWrite } from './end-of-write.ts'
import { connectionLost, type Peer } from './peer.ts'
import { ptyModes, RAW_MODES } from './pty-modes.ts'
import { widenWindow } from './wide-window.ts'

/** How long the server may take to answer the requests for a channel, a PTY and a program. */
const OPEN_TIMEOUT_MS = 20_000

/** @throws FargateLoginError `session-refused`, or the reason of the connection's `lost` */
export function openChannel(peer: Peer, program: Program, signal: AbortSignal): Promise<Channel> {
  const { client, lost } = peer
  return settleOnce<Channel>(AbortSignal.any([signal, lost]), ({ resolve, reject, afterwards }) => {
    let isWanted = true
    const timer = setTimeout(() => reject(refused('no answer')), OPEN_TIMEOUT_MS)
    afterwards(() => {
      clearTimeout(timer)
      isWanted = false
    })
    const onOpen = (error: Error | undefined, channel: ClientChannel) => {
      if (error) reject(refused(error.message))
      else if (isWanted) {
        // A terminal shows a screenful at a time. After Ctrl-C it would go on showing what is under way.
        if (!program.pty) widenWindow(channel)
        resolve(new SshChannel(peer, channel))
      } else channel.on('error', () => {}).close()
    }

    const { pty, environment: env = {} } = program
    const window = pty ? ptyRequest(pty) : false
    if (program.kind === 'shell') client.shell(window, { env }, onOpen)
    else if (program.kind === 'exec')
      client.exec(program.command, { env, ...(window && { pty: window }) }, onOpen)
    else client.subsys(program.name, onOpen)
  })
}

function ptyRequest({ type, size: { columns, rows }, modes, raw }: Pty) {
  const own = modes ? ptyModes(modes) : {}
  return { term: type, cols: columns, rows, width: 0, height: 0, modes: raw ? RAW_MODES : own }
}

function refused(reason: string): FargateLoginError {
  return new FargateLoginError('session-refused', `sshd opened no session: ${foreignWords(reason)}.`, {
    hint: "Check whether the image runs another sshd, or one with ForceCommand, MaxSessions or PermitTTY. See the task's log.",
  })
}

class SshChannel implements Channel {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  readonly ended: Promise<RemoteExit>
  readonly #channel: ClientChannel
  readonly #openSsh: boolean
  #isRead = true
  #isOpen = true

  constructor({ openSsh, lost }: Peer, channel: ClientChannel) {
    this.#channel = channel
    this.#openSsh = openSsh
    this.stdin = channel
    this.stdout = channel
    this.stderr = channel.stderr
    channel.on('error', () => {})
    this.ended = untilEnd(channel, lost)
    const onEnd = () => {
      this.#isOpen = false
    }
    // Activities that only watch or start a program do not wait for its end.
    this.ended.then(onEnd, onEnd)
  }

  resize({ columns, rows }: Size): void {
    this.#channel.setWindow(rows, columns, 0, 0)
  }

  stopReading(): void {
    this.#channel.resume()
    if (this.#openSsh && this.#isRead) sendEndOfWrite(this.#channel)
    this.#isRead = false
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isOpen) this.#channel.close()
  }
}

/** Waits for the status, the end of both outputs and the close, because the status may arrive before the last bytes. */
function untilEnd(channel: ClientChannel, lost: AbortSignal): Promise<RemoteExit> {
  return new Promise((resolve, reject) => {
    let exit: RemoteExit | undefined
    let open = 2
    const onClose = () => {
      if (--open > 0) return
      if (exit) resolve(exit)
      // The connection may learn the reason a moment later than its channels.
      else setImmediate(() => reject(lost.aborted ? lost.reason : connectionLost()))
    }
    // `exit` may have fired before this listener existed; `close` repeats its values.
    const onChannelClose = (code?: number | null, name?: string) => {
      if (code === null) exit = { signal: (name ?? '').replace(/^SIG/, '') }
      else if (code !== undefined) exit = { code }
      onClose()
    }
    channel.once('close', onChannelClose)
    channel.stderr.once('close', onClose)
  })
}
