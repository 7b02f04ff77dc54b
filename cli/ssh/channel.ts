import type { Client, ClientChannel } from 'ssh2'
import { FargateLoginError } from '../core/error.ts'
import type { RemoteExit } from '../core/exit-status.ts'
import type { RemoteRequest } from '../core/plan/remote-request.ts'
import { streamFailed } from '../core/stream-failed.ts'
import { foreignWords } from '../core/text/foreign-words.ts'
import { settleOnce } from '../core/wait/settle.ts'
import type { Terminal } from '../session/ports.ts'
import { sendEndOfWrite } from './end-of-write.ts'
import { Escape } from './escape.ts'

export interface Peer {
  readonly client: Client
  readonly openSsh: boolean
  /** Why the connection broke, if it did. */
  whyLost(): string | undefined
  /** Told of each chunk that goes to stdout. */
  onOutput(bytes: number): void
}

/** Runs one shell or command and moves its three streams until everything that it wrote is delivered. */
export async function runChannel(
  peer: Peer,
  request: RemoteRequest,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<RemoteExit> {
  const channel = await openChannel(peer, request, terminal, signal)
  using _raw = request.pty ? terminal.enterRawMode() : nothing
  const release = request.pty
    ? terminal.onResize(({ columns, rows }) => channel.setWindow(rows, columns, 0, 0))
    : () => {}
  const broken = new AbortController()
  const input = request.pty && terminal.interactive ? new Escape(() => broken.abort(left())) : undefined
  const unplug = plug(peer, channel, { ...terminal, input }, (error) => broken.abort(error))
  try {
    return await ended(peer, channel, AbortSignal.any([signal, broken.signal]))
  } finally {
    release()
    unplug()
  }
}

const nothing: Disposable = { [Symbol.dispose]: () => {} }

/** Without these a terminal echoes, edits and translates. */
const RAW = { ECHO: 0, ICANON: 0, ISIG: 0, IEXTEN: 0, OPOST: 0, ICRNL: 0, IXON: 0 }

/** Milliseconds for the server to answer the requests for a channel, a PTY and a command. */
const OPEN_TIMEOUT = 20_000

function openChannel(
  { client, whyLost }: Peer,
  { command, pty, raw, environment }: RemoteRequest,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ClientChannel> {
  return settleOnce(signal, ({ resolve, reject, afterwards }) => {
    const refused = (why: string) =>
      new FargateLoginError('session-refused', `sshd opened no session: ${foreignWords(why)}.`, {
        hint: 'Does the image run another sshd, or one with ForceCommand, MaxSessions or PermitTTY? Its log says more.',
      })
    const timer = setTimeout(() => reject(refused('no answer')), OPEN_TIMEOUT)
    const onClose = () => reject(lost(whyLost()))
    const onOpen = (error: Error | undefined, channel: ClientChannel) =>
      error ? reject(refused(error.message)) : resolve(channel)
    client.once('close', onClose)
    afterwards(() => {
      clearTimeout(timer)
      client.off('close', onClose)
    })

    const { columns, rows } = terminal.size()
    const modes = raw ? RAW : {}
    const window = pty ? { term: terminal.type, cols: columns, rows, width: 0, height: 0, modes } : false
    const env = { ...(pty && terminal.locale), ...environment }
    if (command === undefined) client.shell(window, { env }, onOpen)
    else client.exec(command, { env, ...(window && { pty: window }) }, onOpen)
  })
}

interface Plugs extends Pick<Terminal, 'stdin' | 'stdout' | 'stderr'> {
  /** What stdin goes through. */
  readonly input: Escape | undefined
}

/**
 * Joins the streams with backpressure both ways.
 * @param fail takes the error of a stream whose bytes are lost, which must not look like success
 * @returns a function that takes them apart
 */
function plug(
  { openSsh, onOutput }: Peer,
  channel: ClientChannel,
  { stdin, input, stdout, stderr }: Plugs,
  fail: (error: FargateLoginError) => void,
): () => void {
  const { stderr: remoteStderr } = channel
  let deaf = false
  // Nobody reads our output any more: the command gets SIGPIPE, as it would from a local pipe, and we drain.
  const onDeaf = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') fail(streamFailed('stdout cannot be written', error))
    channel.unpipe(stdout)
    channel.resume()
    if (openSsh && !deaf) sendEndOfWrite(channel)
    deaf = true
  }
  const onStderrDeaf = () => {
    remoteStderr.unpipe(stderr)
    remoteStderr.resume()
  }
  const onStdinError = (error: Error) => fail(streamFailed('stdin cannot be read', error))

  stdout.on('error', onDeaf)
  stderr.on('error', onStderrDeaf)
  stdin.on('error', onStdinError)
  channel.on('error', () => {})
  channel.on('data', (chunk: Buffer) => onOutput(chunk.length))
  channel.pipe(stdout, { end: false })
  remoteStderr.pipe(stderr, { end: false })
  if (input) stdin.pipe(input).pipe(channel)
  else stdin.pipe(channel)

  return () => {
    stdin.unpipe(input ?? channel)
    input?.unpipe(channel)
    stdin.pause()
    stdin.off('error', onStdinError)
    stdout.off('error', onDeaf)
    stderr.off('error', onStderrDeaf)
  }
}

/** Waits for the status, the end of both output streams and the close: the status may come before the last bytes. */
function ended({ whyLost }: Peer, channel: ClientChannel, signal: AbortSignal): Promise<RemoteExit> {
  return settleOnce(signal, ({ resolve, reject }) => {
    let exit: RemoteExit | undefined
    let open = 2
    const onClose = () => {
      if (--open > 0) return
      if (exit) resolve(exit)
      else reject(lost(whyLost()))
    }
    // `exit` itself may have been emitted before anybody could listen; `close` repeats what it said.
    const onChannelClose = (code?: number | null, name?: string) => {
      if (code === null) exit = { signal: (name ?? '').replace(/^SIG/, '') }
      else if (code !== undefined) exit = { code }
      onClose()
    }
    channel.once('close', onChannelClose)
    channel.stderr.once('close', onClose)
  })
}

function left(): FargateLoginError {
  return new FargateLoginError('left', 'Left by ~.')
}

function lost(why: string | undefined): FargateLoginError {
  return new FargateLoginError(
    'connection-lost',
    `The connection to the task is lost${why === undefined ? '' : ` (${foreignWords(why)})`}.`,
    {
      hint: 'The task is stopped now, and with it ends what ran there. Start again; a long job is safe with --detach.',
    },
  )
}
