/** The known name that differs from the given one by a slip or two of the fingers, if there is one. */
export function similarName(given: string, known: Iterable<string>): string | undefined {
  const word = given.toLowerCase()
  const most = Math.max(1, Math.floor(word.length / 3))
  const [best] = [...known]
    .map((name) => ({ name, slips: distance(word, name.toLowerCase()) }))
    .filter(({ slips }) => slips <= most)
    .sort((one, other) => one.slips - other.slips)
  return best?.name
}

/** The number of characters to insert, delete or replace. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [index, character] of [...one].entries()) {
    const next = [index + 1]
    for (let column = 1; column <= other.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (character === other[column - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}
