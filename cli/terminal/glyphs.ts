/** The characters of our own that not every terminal can show. */
export interface Glyphs {
  readonly frames: readonly string[]
  readonly tick: string
  readonly ellipsis: string
  /** Makes any text fit for the terminal. */
  fit(text: string): string
}

const UNICODE: Glyphs = {
  frames: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
  tick: '✓',
  ellipsis: '…',
  fit: (text) => text,
}

const ASCII: Glyphs = {
  frames: ['|', '/', '-', '\\'],
  tick: '*',
  ellipsis: '...',
  fit: asciiText,
}

/** ASCII unless the locale is a UTF-8 one. POSIX: the first of these that is not empty counts, and none means C. */
export function glyphsFor(environment: Readonly<Record<string, string | undefined>>): Glyphs {
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || 'C'
  return /utf-?8/i.test(locale) ? UNICODE : ASCII
}

function asciiText(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, (character) =>
    character === UNICODE.ellipsis ? ASCII.ellipsis : `\\u{${character.codePointAt(0)?.toString(16)}}`,
  )
}
