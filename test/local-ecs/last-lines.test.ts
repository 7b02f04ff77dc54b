import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import { expect, it } from 'vitest'
import { keepLastLines } from '../../local-ecs/runners/last-lines.ts'

function keep() {
  const all: string[] = []
  const lines = keepLastLines((line) => all.push(line))
  const streams = [new PassThrough(), new PassThrough()] as const
  for (const stream of streams) lines.listen(stream)
  return { all, lines, streams }
}

/** Ends the streams, having read them. */
async function end(...streams: readonly PassThrough[]): Promise<void> {
  for (const stream of streams) stream.end()
  await Promise.all(streams.map((stream) => finished(stream)))
}

it('every line is passed on, and the last five are kept', async () => {
  const { all, lines, streams } = keep()
  streams[0].write('1\n2\r\n3\n4\n5\n6\n7\n')
  await end(...streams)
  expect(all).toEqual(['1', '2', '3', '4', '5', '6', '7'])
  expect(lines.last()).toEqual(['3', '4', '5', '6', '7'])
})

it('a line that comes in parts is one line, also with parts of another stream between them', async () => {
  const { all, streams } = keep()
  const [out, err] = streams
  for (const part of ['a', 'b', 'c\n']) {
    out.write(part)
    err.write(part.toUpperCase())
  }
  await end(...streams)
  expect(all).toEqual(['abc', 'ABC'])
})

it('a character that comes in parts is one character', async () => {
  const { all, streams } = keep()
  for (const byte of Buffer.from('ä€\n')) streams[0].write(Buffer.of(byte))
  await end(...streams)
  expect(all).toEqual(['ä€'])
})

it('a last line without an end is passed on when its stream ends, once', async () => {
  const { all, lines, streams } = keep()
  streams[0].write('one\nlast')
  await end(...streams)
  expect(all).toEqual(['one', 'last'])
  expect(lines.last()).toEqual(['one', 'last'])
})

it('a line that has not ended yet counts', async () => {
  const { all, lines, streams } = keep()
  const [out, err] = streams
  out.write('one\nunfinished')
  await end(err)
  expect(lines.last()).toEqual(['one', 'unfinished'])
  expect(all).toEqual(['one'])
  await end(out)
})

it('an output without line breaks is cut into lines', async () => {
  const { all, lines, streams } = keep()
  for (let count = 0; count < 100; count++) streams[0].write('x'.repeat(10_000))
  await end(...streams)
  expect(all.join('')).toBe('x'.repeat(1_000_000))
  expect(lines.last().join('').length).toBeLessThan(100_000)
})
