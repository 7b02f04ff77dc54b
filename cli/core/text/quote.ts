/**
 * Quotes words so that any POSIX shell reads exactly these words. Plain words stay unquoted, because people read them
 * in plans and messages.
 */
export function quoteWords(words: readonly string[]): string {
  return words.map(quoteWord).join(' ')
}

// In front, `A=1` would be an assignment and `if` a keyword. The `=` of an option is harmless.
const PLAIN = /^(?:[A-Za-z0-9_/.:@%+,-]+|-[A-Za-z0-9_/.:@%+=,-]+)$/
const KEYWORDS = /^(?:if|then|else|elif|fi|do|done|case|esac|while|until|for|in|time|function|select|coproc)$/

export function quoteWord(word: string): string {
  return PLAIN.test(word) && !KEYWORDS.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
