import { closeSync, openSync } from 'node:fs'

/** Whether the process belongs to a terminal, even if none of its standard streams does. */
export function hasControllingTerminal(): boolean {
  try {
    closeSync(openSync('/dev/tty', 'r'))
    return true
  } catch {
    return false
  }
}

/** Whether this signal came from our terminal, which sends it to every process in the foreground. */
export function isSentByTerminal(signal: NodeJS.Signals): boolean {
  return (signal === 'SIGINT' || signal === 'SIGQUIT') && hasControllingTerminal()
}
