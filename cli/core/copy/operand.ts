/** One word of the command line of `cp`. */
export type Operand =
  | { readonly kind: 'local'; readonly path: string }
  | { readonly kind: 'remote'; readonly target?: string; readonly path: string }
  /** `-`: stdin as a source, stdout as the destination. */
  | { readonly kind: 'stream' }

/**
 * Reads a word as scp does: a colon before the first slash makes it remote, `[TARGET]:PATH`.
 * @param drives whether `C:/x` is a local path, as on Windows; `C:\x` always is
 */
export function parseOperand(word: string, drives: boolean): Operand {
  if (word === '-') return { kind: 'stream' }
  if (/^[A-Za-z]:\\/.test(word) || (drives && /^[A-Za-z]:\//.test(word))) return { kind: 'local', path: word }
  const [, target, path] = /^([^/\\:]*):(.*)$/s.exec(word) ?? []
  if (target === undefined || path === undefined) return { kind: 'local', path: word }
  return { kind: 'remote', ...(target !== '' && { target }), path }
}
