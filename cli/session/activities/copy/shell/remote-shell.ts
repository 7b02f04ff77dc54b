import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { exitStatus } from '../../../../core/exit-status.ts'
import { quoteWords } from '../../../../core/text/quote.ts'
import { unlessAborted } from '../../../../core/wait/settle.ts'
import type { Connection } from '../../../ports/ssh.ts'
import type { Meter } from '../meter.ts'

/** A longer script travels through stdin, because the kernel limits an argument to 128 KiB. */
const LONGEST_ARGUMENT = 100_000
/** In bytes. A list of files, or the messages about them. */
const LONGEST_ANSWER = 256 << 20
const LONGEST_MESSAGES = 1 << 20

export interface RemoteShellInput {
  readonly connection: Connection
  readonly environment: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

/** `enough`: the end of the program does not matter. */
type Received = 'enough' | undefined

export interface RunOptions {
  /** For stdin. */
  readonly input?: Readable
  /** Reads stdout to its end, or as much as it wants. */
  readonly output?: (stdout: Readable) => Promise<Received>
  readonly meter?: Meter
}

export interface Answer {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs scripts of POSIX sh in the task, with the toolkit's programs if the image lacks some. */
export class RemoteShell {
  readonly #input: RemoteShellInput

  constructor(input: RemoteShellInput) {
    this.#input = input
  }

  /** Runs a script and gives its output. */
  async ask(script: string): Promise<Answer> {
    let stdout = ''
    const output = async (stream: Readable) => {
      stdout = await textOf(stream, LONGEST_ANSWER)
      return undefined
    }
    return { ...(await this.run(script, { output })), stdout }
  }

  /**
   * Runs a script. The streams end with it.
   * @throws FargateLoginError `connection-lost`, `session-refused`, the signal's reason, or an error of `input` or `output`
   */
  async run(script: string, { input, output, meter }: RunOptions): Promise<Omit<Answer, 'stdout'>> {
    const { connection, environment, signal } = this.#input
    const byInput = script.length > LONGEST_ARGUMENT
    const command = byInput ? 'exec sh' : `exec ${quoteWords(['sh', '-c', script])}`
    const over = new AbortController()
    const stop = () => over.abort(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    try {
      const program = {
        kind: 'exec',
        command,
        environment: { ...environment, FARGATE_LOGIN_TOOLS: '1' },
      } as const
      await using channel = await connection.open(program, signal)
      const messages = textOf(channel.stderr, LONGEST_MESSAGES)
      const writing = send(channel.stdin, byInput ? script : input, meter, over.signal)
      const reading = receive(channel.stdout, output, meter, over.signal)
      messages.catch(() => {})
      // A program that ends early, on a full disk for instance, does not wait for the rest of its input.
      const ended = [channel.ended, failureOf(writing), failureOf(reading), enough(reading)]
      const exit = await unlessAborted(Promise.race(ended), over.signal)
      if (exit === 'enough') return { status: 0, stderr: '' }
      await unlessAborted(reading, over.signal)
      return { status: exitStatus(exit), stderr: await messages }
    } catch (error) {
      signal.throwIfAborted()
      // The streams of a connection can fail before the connection knows why.
      await new Promise((resolve) => setImmediate(resolve))
      if (connection.lost.aborted) throw connection.lost.reason
      throw error
    } finally {
      signal.removeEventListener('abort', stop)
      over.abort()
      input?.destroy()
    }
  }
}

async function send(
  stdin: NodeJS.WritableStream,
  input: string | Readable | undefined,
  meter: Meter | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (input === undefined) stdin.end()
  else if (typeof input === 'string') stdin.end(input)
  else {
    const streams = meter ? [input, meter.stream(), stdin] : [input, stdin]
    await pipeline(streams, { signal }).catch((error: NodeJS.ErrnoException) => {
      // The program has ended early. Its status and its messages say why.
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
    })
  }
}

async function receive(
  stdout: Readable,
  output: RunOptions['output'],
  meter: Meter | undefined,
  signal: AbortSignal,
): Promise<Received> {
  if (!output) {
    stdout.resume()
    return undefined
  }
  if (!meter) return await output(stdout)
  const metered = meter.stream()
  // Its failure is the failure of `metered`.
  pipeline(stdout, metered, { signal }).catch(() => {})
  return await output(metered)
}

/** Settles only if the reader wants no more. */
function enough(reading: Promise<Received>): Promise<'enough'> {
  return new Promise((resolve) => {
    reading.then((received) => received === 'enough' && resolve(received)).catch(() => {})
  })
}

function failureOf(work: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => {
    work.catch(reject)
  })
}

async function textOf(stream: Readable, most: number): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream) {
    bytes += chunk.length
    if (bytes <= most) chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
