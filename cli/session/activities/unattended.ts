import { Readable } from 'node:stream'
import type { Terminal } from '../ports.ts'

/** A terminal of that type and size at which nobody sits. */
export function unattended(terminal: Terminal): Terminal {
  return {
    ...terminal,
    stdin: Readable.from([]),
    interactive: false,
    enterRawMode: () => ({ [Symbol.dispose]: () => {} }),
  }
}
