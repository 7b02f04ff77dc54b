import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { Escape } from '../../../cli/session/activities/escape.ts'

async function typed(...chunks: readonly string[]): Promise<{ passed: string; left: number }> {
  let left = 0
  const input = new Escape(() => left++)
  for (const chunk of chunks) input.write(Buffer.from(chunk, 'latin1'))
  input.end()
  return { passed: (await buffer(input)).toString('latin1'), left }
}

describe('what the user types', () => {
  it.each([
    ['nothing of ours', 'ls -l ~/x\r\xff\x00', 'ls -l ~/x\r\xff\x00', 0],
    ['~. first of all', '~.', '', 1],
    ['~. after a line', 'ls\r~.', 'ls\r', 1],
    ['~. and more, which nobody gets', '\r~.rm -r /\r', '\r', 1],
    ['~. within a line', 'ls ~.\r', 'ls ~.\r', 0],
    ['~~', '\r~~.\r', '\r~.\r', 0],
    ['a tilde and something else', '\r~x\r~\r', '\r~x\r~\r', 0],
  ])('with %s goes on as it should', async (_, input, passed, left) => {
    expect(await typed(input)).toEqual({ passed, left })
    expect(await typed(...input)).toEqual({ passed, left })
  })
})
