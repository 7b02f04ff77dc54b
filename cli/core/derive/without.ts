/** A copy without the members named. */
export function without<T extends object>(document: T, ...names: readonly string[]): T {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !names.includes(name))) as T
}
