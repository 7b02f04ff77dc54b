import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** What a process prints, line by line, to be awaited instead of slept for. */
export interface LineLog {
  readonly lines: readonly string[]
  /** The first line that matches, whether it is there already or comes later. Rejects when the process ends without it. */
  until(pattern: RegExp): Promise<string>
  /** The exit status, once everything that was printed is in `lines`; 128+N for signal N is the caller's to know. */
  readonly ended: Promise<number | null>
}

export function lineLog(child: ChildProcess): LineLog {
  const lines: string[] = []
  const waiting = new Set<() => void>()
  let isOver = false
  const wake = () => {
    for (const look of [...waiting]) look()
  }
  const follow = (stream: Readable | null) =>
    stream &&
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      wake()
    })
  follow(child.stdout)
  follow(child.stderr)
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    // readline passes on a last line without its end only when the stream has ended.
    child.once('close', (status) =>
      setImmediate(() => {
        isOver = true
        resolve(status)
        wake()
      }),
    )
  })
  const until = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = lines.find((line) => pattern.test(line))
        if (found === undefined && !isOver) return
        waiting.delete(look)
        if (found !== undefined) resolve(found)
        else reject(new Error(`It ended without ${pattern}. It said:\n${lines.join('\n')}`))
      }
      waiting.add(look)
      look()
    })
  return { lines, until, ended }
}
