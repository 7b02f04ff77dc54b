import { Readable } from 'node:stream'
import { type Headers, pack } from 'tar-stream'
import type { Problem } from '../../cli/core/copy/remote-problems.ts'
import { localFiles } from '../../cli/files/local-files.ts'

/** A member of a hostile archive: a header, and its content. */
export type Member = Partial<Headers> & {
  readonly name: string
  readonly content?: string
  readonly pax?: Readonly<Record<string, string>>
}

/** An archive as a task could send it. */
export function archive(...members: readonly Member[]): Readable {
  const stream = pack()
  for (const { content = '', ...header } of members) stream.entry(header as Headers, content)
  stream.finalize()
  return stream as unknown as Readable
}

/** One header block whose fields are set by hand, with a right checksum. */
export function block(fields: {
  readonly name: string
  readonly type?: string
  readonly size?: number | Buffer
  readonly link?: string
}): Buffer {
  const { name, type = '0', size = 0, link = '' } = fields
  const bytes = Buffer.alloc(512)
  bytes.write(name, 0, 100, 'latin1')
  bytes.write('0000777\0', 100)
  if (typeof size === 'number') bytes.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  else size.copy(bytes, 124)
  bytes.write('00000000000\0        ', 136)
  bytes.write(type, 156)
  bytes.write(link, 157, 100, 'latin1')
  bytes.write('ustar\x0000', 257)
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return bytes
}

/** Bytes as a stream, in one piece or in many. */
export function bytesOf(...blocks: readonly Buffer[]): Readable {
  return Readable.from(blocks.length > 0 ? blocks : [Buffer.alloc(0)], { objectMode: false })
}

export interface Received {
  readonly problems: readonly Problem[]
  readonly error: unknown
}

/** Unpacks an archive as `cp :/from landing` does. Members are asked for as `from`, or as its content. */
export async function receive(tar: Readable, landing: string, asked: 'from' | '.' = '.'): Promise<Received> {
  const problems: Problem[] = []
  const tell = (problem: Problem) => problems.push(problem)
  await using stage = await localFiles.stage(landing)
  let error: unknown
  try {
    await stage.unpack({
      tar,
      place: (parts) => {
        if (asked === '.') return ['0', ...parts]
        return parts[0] === asked ? ['0', ...parts.slice(1)] : undefined
      },
      tell,
    })
  } catch (thrown) {
    error = thrown
  }
  await stage.publish('0', landing, tell)
  return { problems, error }
}
