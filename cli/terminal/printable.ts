/**
 * Text from AWS or a peer for the user's terminal: control characters are shown, not obeyed, so that nothing can
 * paint over the screen through an error message. Line ends stay.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
    if (character === '\n') return character
    if (character === '\t') return ' '
    const code = character.codePointAt(0) ?? 0
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
  })
}
