import { spawnSync } from 'node:child_process'
import type { ReadStream, WriteStream } from 'node:tty'
import type { Size } from '../core/link/program.ts'
import type { Terminal } from '../session/ports/terminal.ts'

export interface StandardStreams {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
}

/** The size of a window that reports none. Terminals have traditionally had 80 columns and 24 rows. */
const FALLBACK: Size = { columns: 80, rows: 24 }

/** The user's end of a session, on our own standard streams. */
export function makeTerminal(
  { stdin, stdout, stderr }: StandardStreams,
  environment: Readonly<Record<string, string | undefined>>,
): Terminal {
  return {
    stdin,
    stdout,
    stderr,
    interactive: stdin.isTTY === true,
    type: environment.TERM || 'xterm-256color',
    locale: Object.fromEntries(
      Object.entries(environment).flatMap(([name, value]) =>
        /^(LANG|LC_[A-Z]+)$/.test(name) && value ? [[name, value]] : [],
      ),
    ),
    size: () => sizeOf(stdout),
    onResize(listener) {
      const onResize = () => listener(sizeOf(stdout))
      stdout.on('resize', onResize)
      return () => stdout.off('resize', onResize)
    },
    enterRawMode: () => enterRawMode(stdin),
  }
}

/** Whether stdin and stdout are both terminals. */
export function onTerminal({ stdin, stdout }: StandardStreams): boolean {
  return stdin.isTTY === true && stdout.isTTY === true
}

function sizeOf(stream: Partial<WriteStream>): Size {
  const { columns, rows } = stream
  return columns && rows ? { columns, rows } : FALLBACK
}

function enterRawMode(stdin: ReadStream): Disposable {
  if (!stdin.isTTY) return { [Symbol.dispose]: () => {} }
  const before = stdin.isRaw
  stdin.setRawMode(true)
  // Node leaves output processing on, which would turn bare line feeds of a full-screen program into CR LF.
  spawnSync('stty', ['-opost'], { stdio: ['inherit', 'ignore', 'ignore'] })
  return {
    [Symbol.dispose]() {
      try {
        stdin.setRawMode(before)
      } catch {
        // The terminal is gone (SIGHUP), so there is nothing to restore.
      }
    },
  }
}
