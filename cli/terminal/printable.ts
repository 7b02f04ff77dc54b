/**
 * Text from AWS or a peer for the user's terminal: control characters are shown, not obeyed, so that nothing can
 * paint over the screen through an error message. Line ends stay.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    if (character === '\n') return character
    if (character === '\t') return ' '
    const code = character.codePointAt(0) ?? 0
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
  })
}

/** Characters; what is longer only floods the screen. */
const LINE_LENGTH = 4000
const BLOCK_LENGTH = 20_000

/** The same for what is one line, whatever is in it. */
export function printableLine(text: string): string {
  return printable(cut(text, LINE_LENGTH)).replaceAll('\n', '\\x0a')
}

/** The same for what begins in a line of ours: no other line of it can be taken for one of ours. */
export function printableBlock(text: string): string {
  return printable(cut(text, BLOCK_LENGTH)).replace(/\n(?! )/g, '\n  ')
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}
