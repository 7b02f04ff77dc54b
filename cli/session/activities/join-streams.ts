import type { Transform } from 'node:stream'
import type { FargateLoginError } from '../../core/error.ts'
import { inputFailed, outputFailed } from '../../core/stream-failed.ts'
import type { Channel } from '../ports/ssh.ts'
import type { Streams } from '../ports/terminal.ts'
import { typeEndOfInput } from './type-end-of-input.ts'

export interface JoinInput {
  /** A filter for stdin. */
  readonly escapes: Transform | undefined
  /** Whether the end of stdin is a key for the program's terminal, rather than the end of the channel's input. */
  readonly typesEnd: boolean
  readonly onOutput: (chunk: Buffer) => void
  /** Takes the error of a stream that loses bytes, because that must not look like success. */
  fail(error: FargateLoginError): void
}

/**
 * Joins the streams with backpressure in both directions.
 * @returns a function that separates them
 */
export function joinStreams(
  channel: Channel,
  { stdin, stdout, stderr }: Streams,
  { escapes, typesEnd, onOutput, fail }: JoinInput,
): () => void {
  // EPIPE: our reader has closed its end. The remaining output is drained.
  const onStdoutError = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') fail(outputFailed(error))
    channel.stdout.unpipe(stdout)
    channel.stopReading()
  }
  const onStderrError = () => {
    channel.stderr.unpipe(stderr)
    channel.stderr.resume()
  }
  const onStdinError = (error: Error) => fail(inputFailed(error))

  stdout.on('error', onStdoutError)
  stderr.on('error', onStderrError)
  stdin.on('error', onStdinError)
  channel.stdout.on('data', onOutput)
  channel.stdout.pipe(stdout, { end: false })
  channel.stderr.pipe(stderr, { end: false })
  if (escapes) stdin.pipe(escapes).pipe(channel.stdin)
  else stdin.pipe(channel.stdin, { end: !typesEnd })
  const stopTyping = typesEnd ? typeEndOfInput(stdin, channel.stdin) : () => {}

  return () => {
    stopTyping()
    stdin.unpipe(escapes ?? channel.stdin)
    escapes?.unpipe(channel.stdin)
    stdin.pause()
    stdin.off('error', onStdinError)
    stdout.off('error', onStdoutError)
    stderr.off('error', onStderrError)
  }
}
