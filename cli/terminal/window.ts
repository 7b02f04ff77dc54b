import { isatty, WriteStream } from 'node:tty'
import type { Size } from '../core/link/program.ts'

/** The size of a window that reports none. Terminals have traditionally had 80 columns and 24 rows. */
const FALLBACK: Size = { columns: 80, rows: 24 }

/** File descriptors, from the one where the program is shown. */
const STREAMS = [1, 0, 2] as const

/** The size of the terminal that is stdout, stdin or stderr. */
export function windowSize(): Size {
  const fd = STREAMS.find((one) => isatty(one))
  return (fd !== undefined && sizeAt(fd)) || FALLBACK
}

function sizeAt(fd: number): Size | undefined {
  try {
    // Node knows the size of a stdout only, and that only from the last SIGWINCH.
    const probe = new WriteStream(fd)
    const { columns, rows } = probe
    probe.destroy()
    return columns && rows ? { columns, rows } : undefined
  } catch {
    // The terminal is gone.
    return undefined
  }
}

/**
 * SIGWINCH does not reach a suspended process, so SIGCONT counts too.
 * @returns a function that stops listening
 */
export function watchWindow(listener: (size: Size) => void): () => void {
  const onSignal = () => listener(windowSize())
  process.on('SIGWINCH', onSignal).on('SIGCONT', onSignal)
  return () => process.off('SIGWINCH', onSignal).off('SIGCONT', onSignal)
}
