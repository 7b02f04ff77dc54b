import { quoteWords } from '../text/quote.ts'

/** A shortcut's command line (for the remote shell) or its list of words (run unchanged), with more words appended. */
export function shortcutCommand(shortcut: string | readonly string[], words: readonly string[]): string {
  if (typeof shortcut !== 'string') return quoteWords([...shortcut, ...words])
  return words.length === 0 ? shortcut : `${shortcut} ${quoteWords(words)}`
}
