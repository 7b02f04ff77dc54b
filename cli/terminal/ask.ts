import { createInterface } from 'node:readline'
import { settleOnce } from '../core/wait/settle.ts'
import { printableLine } from './printable.ts'
import type { StandardStreams } from './terminal.ts'

/** Whether a person is there to be asked. */
export function canAsk({ stdin, stderr }: StandardStreams): boolean {
  return stdin.isTTY === true && stderr.isTTY === true
}

/** Asks on stderr; anything but `y` or `yes`, the end of the input too, is no. */
export async function askYesNo(
  question: string,
  { stdin, stderr }: StandardStreams,
  signal: AbortSignal,
): Promise<boolean> {
  stderr.write(`${printableLine(question)} [y/N] `)
  // The terminal stays as it is, so that Ctrl-C is a signal and the answer is echoed.
  const lines = createInterface({ input: stdin, terminal: false })
  try {
    return await settleOnce<boolean>(signal, ({ resolve }) => {
      lines.once('line', (line) => resolve(/^y(es)?$/i.test(line.trim())))
      lines.once('close', () => resolve(false))
    })
  } finally {
    lines.close()
  }
}
