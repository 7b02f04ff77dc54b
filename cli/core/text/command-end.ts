/** Why more words cannot be added at the end of a shell command line. */
export type Obstacle =
  | 'has several lines'
  | 'ends with a comment'
  | 'ends inside a quote'
  | 'ends with a backslash'
  | 'ends with an operator'
  | 'ends with a compound command'

/** The words that end a compound command (POSIX, Shell Command Language, 2.4). */
const CLOSING = /(?:^|[;&|(]|\s(?:then|else|do)\s)\s*(?:fi|done|esac|\})$/

/**
 * Finds out whether words after a command line become arguments of its last command, as a POSIX shell reads it.
 * @param given without blanks at its ends
 */
export function obstacleAtEnd(given: string): Obstacle | undefined {
  // A backslash at the end of a line continues the command.
  const command = given.replace(/\\\r?\n/g, '')
  if (/[\r\n]/.test(command)) return 'has several lines'
  const bare = withoutQuotes(command)
  if (typeof bare !== 'string') return bare.obstacle
  if (/(?:^|[\s;&|()<>])#/.test(bare)) return 'ends with a comment'
  if (/[;&|<>(]$/.test(bare)) return 'ends with an operator'
  return bare.endsWith(')') || CLOSING.test(bare) ? 'ends with a compound command' : undefined
}

/** The command with an `x` for each quoted part and each substitution, so that what is left means what it shows. */
function withoutQuotes(command: string): string | { readonly obstacle: Obstacle } {
  let bare = ''
  for (let at = 0; at < command.length; ) {
    const end = endOfPart(command, at)
    if (end > command.length) {
      const backslash = command[at] === '\\'
      return { obstacle: backslash ? 'ends with a backslash' : 'ends inside a quote' }
    }
    bare += end - at > 1 ? 'x' : command[at]
    at = end
  }
  return bare
}

/** @returns the index after the quoted part, the substitution or the character at `at`; beyond the end if it is open */
function endOfPart(command: string, at: number): number {
  const open = command.length + 1
  const closed = (end: number, length = 1) => (end < 0 ? open : end + length)
  switch (command[at]) {
    case '\\':
      return at + 2
    case "'":
      return closed(command.indexOf("'", at + 1))
    case '"':
      return endOfNested(command, at + 1, '"')
    case '`':
      return endOfNested(command, at + 1, '`')
    case '$':
      if (command[at + 1] === '(') return endOfNested(command, at + 2, ')')
      return command[at + 1] === '{' ? endOfNested(command, at + 2, '}') : at + 1
    case '<':
    case '>':
      return command[at + 1] === '(' ? endOfNested(command, at + 2, ')') : at + 1
    default:
      return at + 1
  }
}

/** The index after the `close` that ends the part whose content begins at `from`. */
function endOfNested(command: string, from: number, close: string): number {
  let at = from
  while (at < command.length && command[at] !== close) {
    const isText = close === '"' && command[at] === "'"
    const isGroup = close === ')' && command[at] === '('
    at = isText ? at + 1 : isGroup ? endOfNested(command, at + 1, ')') : endOfPart(command, at)
  }
  return at + 1
}
