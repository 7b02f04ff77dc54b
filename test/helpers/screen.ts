import xterm from '@xterm/headless'

/** A model of a terminal's screen, which shows what a person would see of the bytes. */
export interface Screen {
  /** Resolves when the bytes are on the screen. */
  feed(bytes: string): Promise<void>
  /** Breaks lines anew, as current terminals do. (xterm.js leaves the one with the cursor alone.) */
  resize(columns: number): void
  /** The rows that are not empty, without blanks at their ends. */
  rows(): readonly string[]
  /** The cursor's column, from 0. */
  column(): number
}

export function makeScreen(columns: number): Screen {
  const terminal = new xterm.Terminal({
    cols: columns,
    rows: 24,
    allowProposedApi: true,
    convertEol: true,
  })
  return {
    feed: (bytes) => new Promise((resolve) => terminal.write(bytes, resolve)),
    resize: (width) => terminal.resize(width, 24),
    column: () => terminal.buffer.active.cursorX,
    rows() {
      const buffer = terminal.buffer.active
      const lines = Array.from({ length: buffer.length }, (_, row) =>
        buffer.getLine(row)?.translateToString(true),
      )
      return lines.filter((line) => line !== undefined && line !== '') as readonly string[]
    },
  }
}
