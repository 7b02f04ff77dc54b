import { Readable } from 'node:stream'
import type { TerminalModes } from '../core/link/terminal-modes.ts'
import type { Terminal } from '../session/ports/terminal.ts'
import { readModes } from './modes.ts'
import { enterRawMode, NO_RAW_MODE } from './raw-mode.ts'
import { watchWindow, windowSize } from './window.ts'

export interface StandardStreams {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
}

export interface TerminalInput {
  readonly streams: StandardStreams
  /** Otherwise it is not even opened, because the caller's shell may be reading it. */
  readonly readsStdin: boolean
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** The user's end of a session, on our own standard streams. */
export function makeTerminal({ streams, readsStdin, environment }: TerminalInput): Terminal {
  const { stdout, stderr } = streams
  const keyboard = readsStdin && streams.stdin.isTTY ? streams.stdin : undefined
  let modes: Promise<TerminalModes | undefined> | undefined
  return {
    stdin: readsStdin ? streams.stdin : Readable.from([]),
    stdout,
    stderr,
    interactive: keyboard !== undefined,
    type: environment.TERM || 'xterm-256color',
    variables: Object.fromEntries(
      Object.entries(environment).flatMap(([name, value]) =>
        /^(LANG|LC_[A-Z]+|COLORTERM)$/.test(name) && value ? [[name, value]] : [],
      ),
    ),
    size: windowSize,
    async modes() {
      if (keyboard) modes ??= readModes(environment)
      return await modes
    },
    onResize: watchWindow,
    enterRawMode: () => (keyboard ? enterRawMode(keyboard) : NO_RAW_MODE),
    isOneScreen: stdout.isTTY === true && stderr.isTTY === true,
    startLine() {
      if (stderr.isTTY) stderr.write('\r\n')
    },
  }
}
