import type { Readable } from 'node:stream'

const KEPT_LINES = 5

/** The lines of an output: each is passed on, the last ones are kept. */
export interface LastLines {
  readonly lines: readonly string[]
  listen(stream: Readable): void
}

export function keepLastLines(output: (line: string) => void): LastLines {
  const lines: string[] = []
  return {
    lines,
    listen(stream) {
      let rest = ''
      stream.setEncoding('utf8')
      stream.on('data', (text: string) => {
        const parts = (rest + text).split(/\r?\n/)
        rest = parts.pop() ?? ''
        for (const line of parts) {
          output(line)
          if (lines.push(line) > KEPT_LINES) lines.shift()
        }
      })
    },
  }
}
