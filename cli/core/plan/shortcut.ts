import { FargateLoginError } from '../error.ts'
import { obstacleAtEnd } from '../text/command-end.ts'
import { quoteWords } from '../text/quote.ts'

/**
 * A shortcut's command line (for the remote shell) or its list of words (run unchanged), with more words appended.
 * @throws FargateLoginError `usage` if the words would not become arguments of the last command
 */
export function shortcutCommand(shortcut: string | readonly string[], words: readonly string[]): string {
  if (typeof shortcut !== 'string') return quoteWords([...shortcut, ...words])
  // A YAML block (`|`, `>`) ends with a line end. An escaped blank belongs to the command.
  const line = shortcut.trimStart().replace(/(?<!\\)\s+$/, '')
  if (words.length === 0) return line
  const obstacle = obstacleAtEnd(line)
  if (obstacle === undefined) return `${line} ${quoteWords(words)}`
  throw new FargateLoginError('usage', `The shortcut ${obstacle}, so the words after -- cannot be added.`, {
    hint:
      'Drop them, or make the shortcut a list of words that says where they go:\n' +
      `  NAME: [sh, -c, 'COMMAND "$@"', NAME]`,
  })
}
