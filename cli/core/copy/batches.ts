/** In characters. The kernel limits the arguments of a program to 2 MiB in all, the environment included. */
const MOST = 400_000

/** Splits names into lists that fit the arguments of one program. */
export function batches(names: readonly string[]): readonly (readonly string[])[] {
  const lists: string[][] = []
  let length = MOST
  for (const name of names) {
    if (length + name.length >= MOST) {
      lists.push([])
      length = 0
    }
    lists.at(-1)?.push(name)
    length += name.length + 10
  }
  return lists
}
