import { createReadStream, createWriteStream } from 'node:fs'
import { Socket } from 'node:net'
import type { StandardStreams } from './terminal.ts'

// Node's own streams are fine for terminals, pipes and sockets. For files they hide errors: a directory reads as an
// empty stdin, and a partial write to a full disk counts as success.

/** The streams of the process. stdin is opened only when something asks for it, which `--help` does not. */
export function standardStreams(process: NodeJS.Process): StandardStreams {
  let stdin: NodeJS.ReadStream | undefined
  return {
    get stdin() {
      stdin ??= inputStream(process.stdin)
      return stdin
    },
    stdout: outputStream(process.stdout),
    stderr: process.stderr,
  }
}

/** stdin. Reading from something that is not a file, such as a directory, is an error. */
function inputStream(stream: NodeJS.ReadStream): NodeJS.ReadStream {
  if ((stream as unknown) instanceof Socket) return stream
  return createReadStream('', { fd: 0, autoClose: false }) as unknown as NodeJS.ReadStream
}

/** stdout. Every byte is delivered, or there is an error. */
function outputStream(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if ((stream as unknown) instanceof Socket) return stream
  return createWriteStream('', { fd: 1, autoClose: false }) as unknown as NodeJS.WriteStream
}
