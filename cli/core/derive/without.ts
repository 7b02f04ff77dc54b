/** Copies the document without the named members. */
export function without<T extends object>(document: T, ...names: readonly string[]): T {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !names.includes(name))) as T
}
