import { createInterface } from 'node:readline'
import { settleOnce } from '../core/wait/settle.ts'
import { printableLine } from './printable.ts'
import type { StandardStreams } from './terminal.ts'

/** Whether a person can answer. */
export function canAsk({ stdin, stderr }: StandardStreams): boolean {
  return stdin.isTTY === true && stderr.isTTY === true
}

/** Asks on stderr. Everything except `y` or `yes` means no, and so does the end of the input. */
export async function askYesNo(
  question: string,
  { stdin, stderr }: StandardStreams,
  signal: AbortSignal,
): Promise<boolean> {
  stderr.write(`${printableLine(question)} [y/N] `)
  // The terminal keeps its mode, so that Ctrl-C is a signal and the answer is echoed.
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
