import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { Escape } from '../../../cli/session/activities/escape.ts'

async function typed(...chunks: readonly string[]): Promise<{ passed: string; acts: string }> {
  const acts: string[] = []
  const input = new Escape({
    leave: () => void acts.push('leave'),
    suspend: () => void acts.push('suspend'),
    help: () => void acts.push('help'),
  })
  for (const chunk of chunks) input.write(Buffer.from(chunk, 'latin1'))
  input.end()
  return { passed: (await buffer(input)).toString('latin1'), acts: acts.join(' ') }
}

describe('what the user types', () => {
  it.each([
    ['nothing of ours', 'ls -l ~/x\r\xff\x00', 'ls -l ~/x\r\xff\x00', ''],
    ['~. first of all', '~.', '', 'leave'],
    ['~. after a line', 'ls\r~.', 'ls\r', 'leave'],
    ['~. and more, which nobody gets', '\r~.rm -r /\r', '\r', 'leave'],
    ['~. within a line', 'ls ~.\r', 'ls ~.\r', ''],
    ['~~', '\r~~.\r', '\r~.\r', ''],
    ['a tilde and something else', '\r~x\r~\r', '\r~x\r~\r', ''],
    ['~?', 'ls\r~?pwd\r', 'ls\rpwd\r', 'help'],
    ['~^Z', '\r~\x1als\r', '\rls\r', 'suspend'],
    ['Ctrl-Z', '\r\x1a~\x1a', '\r\x1a~\x1a', ''],
    ['one escape after another', '~?~\x1a~.', '', 'help suspend leave'],
  ])('with %s goes on as it should', async (_, input, passed, acts) => {
    expect(await typed(input)).toEqual({ passed, acts })
    expect(await typed(...input)).toEqual({ passed, acts })
  })
})
