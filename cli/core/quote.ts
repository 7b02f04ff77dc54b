/**
 * Quotes words so that any POSIX shell reads back exactly these words.
 * Plain words stay bare, because a person reads them in plans and messages.
 */
export function quoteWords(words: readonly string[]): string {
  return words.map(quoteWord).join(' ')
}

export function quoteWord(word: string): string {
  if (/^[A-Za-z0-9_/.:@%+,-][A-Za-z0-9_/.:@%+=,-]*$/.test(word)) return word
  return `'${word.replaceAll("'", "'\\''")}'`
}
