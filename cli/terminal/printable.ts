/**
 * Makes text from AWS or a server safe for the terminal. It shows control characters instead of obeying them, so that
 * an error message cannot paint over the screen. Line breaks stay.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    if (character === '\n') return character
    if (character === '\t') return ' '
    const code = character.codePointAt(0) ?? 0
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
  })
}

/** In characters. Anything longer would flood the screen. */
const LINE_LENGTH = 4000
const BLOCK_LENGTH = 20_000

/** The same for a single line: line breaks are escaped as well. */
export function printableLine(text: string): string {
  return printable(cut(text, LINE_LENGTH)).replaceAll('\n', '\\x0a')
}

/** The same for a block that begins on one of our lines. Its other lines are indented, so none looks like ours. */
export function printableBlock(text: string): string {
  return printable(cut(text, BLOCK_LENGTH)).replace(/\n(?! )/g, '\n  ')
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}
