/** A part of a pattern between two slashes. */
export type PatternPart =
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'wildcard'; matches(name: string): boolean }

/**
 * Reads a remote path whose wildcards (`*`, `?`, `[…]`) no shell expands. A backslash before a wildcard takes its meaning
 * away. The first part of an absolute path is the empty name.
 */
export function patternParts(pattern: string): readonly PatternPart[] {
  return pattern.split('/').map((part) => {
    const pieces = part.match(/\\[*?[\]]|\[[!^]?\]?[^\]]*\]|./gsu) ?? []
    if (!pieces.some(isWildcard)) return { kind: 'name', text: pieces.map(unescaped).join('') }
    const expression = new RegExp(`^${pieces.map(expressionOf).join('')}$`, 'su')
    // A name with a dot in front is hidden from wildcards.
    return {
      kind: 'wildcard',
      matches: (name) => name.startsWith('.') === part.startsWith('.') && expression.test(name),
    }
  })
}

function isWildcard(piece: string): boolean {
  return piece === '*' || piece === '?' || (piece.length > 1 && piece.startsWith('['))
}

function unescaped(piece: string): string {
  return /^\\[*?[\]]$/.test(piece) ? piece.slice(1) : piece
}

function expressionOf(piece: string): string {
  if (piece === '*') return '.*'
  if (piece === '?') return '.'
  if (!isWildcard(piece)) return unescaped(piece).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  const inner = piece.slice(1, -1)
  const not = /^[!^]/.test(inner)
  return `[${not ? '^' : ''}${setOf(not ? inner.slice(1) : inner)}]`
}

/** A range whose ends are in the wrong order matches nothing, and is no error. */
function setOf(text: string): string {
  const pieces = text.match(/.-.|./gsu) ?? []
  return pieces
    .filter((piece) => piece.length === 1 || !piece.includes('-', 1) || isRange(piece))
    .map((piece) => piece.replace(/[\\[\]^]/g, '\\$&').replace(/^-$/, '\\-'))
    .join('')
}

function isRange(piece: string): boolean {
  const [from = '', , to = ''] = [...piece]
  return (from.codePointAt(0) ?? 0) <= (to.codePointAt(0) ?? 0)
}
