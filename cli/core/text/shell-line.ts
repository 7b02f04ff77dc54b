import type { Advice } from './paste.ts'
import { quoteWords } from './quote.ts'

/** Whether the remote command is one quoted word that only a shell could split: `'ls -la | wc -l'`. */
export function isShellLine(command: readonly string[]): boolean {
  const [word = '', ...others] = command
  return others.length === 0 && /[\s|&;<>()$`*?]/.test(word)
}

/** The statuses of a shell for a program that it cannot run, or does not find. */
const NOT_RUN: readonly number[] = [126, 127]
/** The most characters of a command that we repeat. */
const LENGTH = 200

/** What to do after a session whose quoted shell line was taken for the name of a program. */
export function shellLineAdvice(command: readonly string[], status: number): Advice | undefined {
  if (!NOT_RUN.includes(status) || !isShellLine(command)) return undefined
  const line = quoteWords(command)
  return {
    text: 'One quoted word is the name of one program. For a line of the shell, put sh -c in front of it:',
    command: `-- sh -c ${line.length > LENGTH ? "'…'" : line}`,
  }
}
