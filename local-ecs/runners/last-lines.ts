import type { Readable } from 'node:stream'

const KEPT_LINES = 5
/** In characters. Output without line breaks is cut into lines of this length. */
const LONGEST_LINE = 16_384

/** The lines of an output, from one or more streams. */
export interface LastLines {
  /** The last lines so far, including one that has not ended. */
  last(): readonly string[]
  listen(stream: Readable): void
}

/** Keeps only the last lines in memory. @param output receives each line when it ends */
export function keepLastLines(output: (line: string) => void): LastLines {
  const ended: string[] = []
  const unended = new Map<Readable, string>()
  const end = (line: string) => {
    output(line)
    if (ended.push(line) > KEPT_LINES) ended.shift()
  }
  return {
    last: () => [...ended, ...[...unended.values()].filter((line) => line !== '')].slice(-KEPT_LINES),
    listen(stream) {
      stream.setEncoding('utf8')
      stream.on('data', (text: string) => {
        const lines = ((unended.get(stream) ?? '') + text).split(/\r?\n/)
        let rest = lines.pop() ?? ''
        for (const line of lines) end(line)
        while (rest.length > LONGEST_LINE) {
          end(rest.slice(0, LONGEST_LINE))
          rest = rest.slice(LONGEST_LINE)
        }
        unended.set(stream, rest)
      })
      stream.on('end', () => {
        const rest = unended.get(stream) ?? ''
        unended.delete(stream)
        if (rest !== '') end(rest)
      })
    },
  }
}
