import { quoteWords } from '../text/quote.ts'

/** A shortcut's command line (run by the remote shell), or its words (run as they are), with further words added. */
export function shortcutCommand(shortcut: string | readonly string[], words: readonly string[]): string {
  if (typeof shortcut !== 'string') return quoteWords([...shortcut, ...words])
  return words.length === 0 ? shortcut : `${shortcut} ${quoteWords(words)}`
}
