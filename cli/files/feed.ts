import type { Readable } from 'node:stream'
import type { Extract } from 'tar-stream'

/**
 * What the parser may hold back, in bytes. It keeps the texts of long names in memory, of any length that a header
 * announces. Names have 4 KiB at most.
 */
const MOST_HELD = 16 << 20

export interface Feeding {
  readonly done: Promise<void>
  /** Why it ended early. */
  readonly failed: Error | undefined
}

/** Writes an archive into a parser. If `tar` fails, the parser fails. */
export function feed(tar: Readable, parser: Extract): Feeding {
  const state: { failed: Error | undefined } = { failed: undefined }
  let held = 0
  parser.on('entry', () => {
    held = 0
  })
  const run = async () => {
    try {
      for await (const chunk of tar) {
        held += chunk.length
        // The parser takes another chunk only when the content of the member before is read.
        if (!parser.write(chunk)) {
          await drained(parser)
          if (held > MOST_HELD && !isReadingContent(parser))
            throw new Error('The archive is damaged: a name has no end')
        }
      }
      parser.end()
    } catch (error) {
      state.failed = error as Error
      parser.destroy(error as Error)
    }
  }
  const done = run()
  return {
    done,
    get failed() {
      return state.failed
    },
  }
}

function drained(parser: Extract): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      parser.off('drain', done).off('close', done)
      resolve()
    }
    parser.on('drain', done).on('close', done)
  })
}

function isReadingContent(parser: Extract): boolean {
  return (parser as unknown as { readonly _stream: unknown })._stream !== null
}
