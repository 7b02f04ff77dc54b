import { PassThrough, Readable } from 'node:stream'
import type { Terminal } from '../../cli/session/ports/terminal.ts'

export type FakeTerminal = Terminal & {
  readonly stdout: PassThrough
  readonly stderr: PassThrough
  /** Everything that arrived at stdout, once the session is over. */
  output(): string
  errors(): string
}

/** Streams in memory; `input` is all of stdin. */
export function fakeTerminal(input: string | Buffer | Readable = ''): FakeTerminal {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const out: Buffer[] = []
  const err: Buffer[] = []
  stdout.on('data', (chunk) => out.push(chunk))
  stderr.on('data', (chunk) => err.push(chunk))
  return {
    stdin:
      input instanceof Readable
        ? input
        : Readable.from([Buffer.from(input as string)].filter((b) => b.length)),
    stdout,
    stderr,
    interactive: false,
    type: 'xterm-256color',
    variables: {},
    size: () => ({ columns: 101, rows: 37 }),
    onResize: () => () => {},
    modes: async () => undefined,
    enterRawMode: () => ({ suspend: () => {}, [Symbol.dispose]: () => {} }),
    isOneScreen: false,
    startLine: () => {},
    output: () => Buffer.concat(out).toString(),
    errors: () => Buffer.concat(err).toString(),
  }
}
