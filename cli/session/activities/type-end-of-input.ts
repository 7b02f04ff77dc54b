import type { Readable, Writable } from 'node:stream'

const END_OF_FILE = 0x04
const RETURN = 0x0d
const LINE_ENDS: ReadonlySet<number> = new Set([0x0a, RETURN])
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000

/**
 * Types Ctrl-D when `stdin` ends. A PTY has no end of its own, so a shell would wait forever, in a task that costs
 * money. A program that sets up its terminal can miss the key: it is typed again, at growing intervals.
 * @returns a function that stops
 */
export function typeEndOfInput(stdin: Readable, keyboard: Writable): () => void {
  let inLine = false
  let waitMs = FIRST_WAIT_MS
  let timer: NodeJS.Timeout | undefined
  const onData = (chunk: Buffer) => {
    inLine = !LINE_ENDS.has(chunk.at(-1) ?? RETURN)
  }
  const press = (...keys: readonly number[]) => {
    keyboard.write(Buffer.from(keys))
    timer = setTimeout(pressAgain, waitMs)
    waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)
  }
  // In an unfinished line, the first one only hands over the line. An editor of lines wants the line finished.
  const onEnd = () => (inLine ? press(END_OF_FILE, END_OF_FILE) : press(END_OF_FILE))
  const pressAgain = () => {
    const keys = inLine ? [RETURN, END_OF_FILE] : [END_OF_FILE]
    inLine = false
    press(...keys)
  }

  if (stdin.readableEnded) onEnd()
  else stdin.on('data', onData).once('end', onEnd)
  return () => {
    clearTimeout(timer)
    stdin.off('data', onData).off('end', onEnd)
  }
}
