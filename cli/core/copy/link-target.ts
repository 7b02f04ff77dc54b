/**
 * Whether a symbolic link stays inside the copied tree.
 * @param parts the link's own place in the tree
 * @param target its text
 */
export function staysInside(parts: readonly string[], target: string): boolean {
  if (target === '' || target.includes('\0') || target.includes('\\') || target.startsWith('/')) return false
  if (/^[A-Za-z]:/.test(target)) return false
  const steps = target.split('/').filter((step) => step !== '' && step !== '.')
  const up = steps.findIndex((step) => step !== '..')
  const ups = up < 0 ? steps.length : up
  // `link/..` leads elsewhere if `link` is itself a link. Leading steps up go through real folders only.
  return !steps.slice(ups).includes('..') && ups < parts.length
}
