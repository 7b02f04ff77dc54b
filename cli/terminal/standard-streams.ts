import { createReadStream, createWriteStream } from 'node:fs'
import { Socket } from 'node:net'

// Node's own streams are fine for terminals, pipes and sockets. For files they hide errors: a directory reads as an
// empty stdin, and a partial write to a full disk counts as success.

/** stdin. Reading from something that is not a file, such as a directory, is an error. */
export function inputStream(stream: NodeJS.ReadStream): NodeJS.ReadStream {
  if ((stream as unknown) instanceof Socket) return stream
  return createReadStream('', { fd: 0, autoClose: false }) as unknown as NodeJS.ReadStream
}

/** stdout. Every byte is delivered, or there is an error. */
export function outputStream(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if ((stream as unknown) instanceof Socket) return stream
  return createWriteStream('', { fd: 1, autoClose: false }) as unknown as NodeJS.WriteStream
}
