import { createReadStream, createWriteStream } from 'node:fs'
import { Socket } from 'node:net'

// Node's own streams do well on terminals, pipes and sockets. Elsewhere they hide what must not be hidden: a directory
// counts as an empty stdin, and a full disk that takes a part of a write as success.

/** stdin, where also what is no file makes an error. */
export function inputStream(stream: NodeJS.ReadStream): NodeJS.ReadStream {
  if ((stream as unknown) instanceof Socket) return stream
  return createReadStream('', { fd: 0, autoClose: false }) as unknown as NodeJS.ReadStream
}

/** stdout, to which every byte is delivered, or an error comes. */
export function outputStream(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if ((stream as unknown) instanceof Socket) return stream
  return createWriteStream('', { fd: 1, autoClose: false }) as unknown as NodeJS.WriteStream
}
