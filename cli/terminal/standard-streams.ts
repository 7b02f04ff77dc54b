import { createReadStream, createWriteStream } from 'node:fs'
import { Socket } from 'node:net'
import type { StandardStreams } from './terminal.ts'

// Node's own streams do well on terminals, pipes and sockets. Elsewhere they hide what must not be hidden: a directory
// counts as an empty stdin, and a full disk that takes a part of a write as success.

/** The streams of the process. stdin is opened where something asks for it: `--help` does not. */
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

/** stdin, where also a directory makes an error. */
function inputStream(stream: NodeJS.ReadStream): NodeJS.ReadStream {
  if ((stream as unknown) instanceof Socket) return stream
  return createReadStream('', { fd: 0, autoClose: false }) as unknown as NodeJS.ReadStream
}

/** stdout, to which every byte is delivered, or an error comes. */
function outputStream(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if ((stream as unknown) instanceof Socket) return stream
  return createWriteStream('', { fd: 1, autoClose: false }) as unknown as NodeJS.WriteStream
}
