import { spawnSync } from 'node:child_process'
import type { ReadStream } from 'node:tty'
import type { RawMode } from '../session/ports/terminal.ts'

/** For a stdin that is not a terminal. */
export const NO_RAW_MODE: RawMode = { suspend: () => {}, [Symbol.dispose]: () => {} }

/** Passes every byte of a terminal through, also after the process was stopped and continued. */
export function enterRawMode(stdin: ReadStream): RawMode {
  const wasRaw = stdin.isRaw
  const enter = () => {
    stdin.setRawMode(true)
    // What Node leaves on: LF would become CR LF, and typed CR or Ctrl-S something else.
    spawnSync('stty', ['-opost', '-inlcr', '-igncr', '-ixoff', '-ixany'], {
      stdio: ['inherit', 'ignore', 'ignore'],
    })
  }
  const leave = () => {
    try {
      stdin.setRawMode(wasRaw)
    } catch {
      // The terminal is gone (SIGHUP), so there is nothing to restore.
    }
  }
  // A shell takes the terminal back when it stops the process. Node acts on a change only.
  const onContinue = () => {
    leave()
    enter()
  }
  enter()
  process.on('SIGCONT', onContinue)
  return {
    suspend() {
      leave()
      // Stops this process too, here, until it is continued; the signal is ignored if no shell could do that.
      process.kill(0, 'SIGTSTP')
      enter()
    },
    [Symbol.dispose]() {
      process.off('SIGCONT', onContinue)
      leave()
    },
  }
}
