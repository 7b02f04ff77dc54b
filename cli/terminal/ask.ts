import { createInterface } from 'node:readline'
import { settleOnce } from '../core/wait/settle.ts'
import { printableBlock } from './printable.ts'
import type { StandardStreams } from './terminal.ts'

/** Whether a person can answer. */
export function canAsk({ stdin, stderr }: StandardStreams): boolean {
  return stdin.isTTY === true && stderr.isTTY === true
}

/** Asks on stderr. Everything except `y` or `yes` means no, and so does the end of the input. */
export async function askYesNo(
  question: string,
  streams: StandardStreams,
  signal: AbortSignal,
): Promise<boolean> {
  return /^y(es)?$/i.test(await askLine(`${question} [y/N]`, streams, signal))
}

/**
 * Asks on stderr.
 * @returns the answer without blanks around it; empty at the end of the input
 */
export async function askLine(
  question: string,
  { stdin, stderr }: StandardStreams,
  signal: AbortSignal,
): Promise<string> {
  stderr.write(`${printableBlock(question)} `)
  // The terminal keeps its mode, so that Ctrl-C is a signal and the answer is echoed.
  const lines = createInterface({ input: stdin, terminal: false })
  try {
    return await settleOnce<string>(signal, ({ resolve }) => {
      lines.once('line', (line) => resolve(line.trim()))
      lines.once('close', () => resolve(''))
    })
  } finally {
    lines.close()
  }
}
