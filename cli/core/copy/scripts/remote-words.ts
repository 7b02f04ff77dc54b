import { quoteWord } from '../../text/quote.ts'

/**
 * A remote path as a word of sh. Wildcards (`*`, `?`, `[…]`) are left for the shell, and `~/` is the home. A backslash
 * before a wildcard takes its meaning away.
 */
export function remotePattern(path: string): string {
  const [home, rest] = path === '~' || path.startsWith('~/') ? ['"$HOME"', path.slice(1)] : ['', path]
  const pieces = rest.match(/\\[*?[\]]|[*?[\]]|(?:(?!\\[*?[\]])[^*?[\]])+/gs) ?? []
  const words = pieces.map((piece) => {
    if (/^[*?[\]]$/.test(piece)) return piece
    return quoted(/^\\[*?[\]]$/.test(piece) ? piece.slice(1) : piece)
  })
  return `${home}${words.join('')}`
}

/** A remote path as a word of sh, without wildcards. */
export function remotePath(path: string): string {
  if (path === '~') return '"$HOME"'
  if (path.startsWith('~/')) return `"$HOME"${quoted(path.slice(1))}`
  return quoted(path.startsWith('-') ? `./${path}` : path)
}

function quoted(text: string): string {
  return /[~!^{}-]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : quoteWord(text)
}
