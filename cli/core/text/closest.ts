/**
 * Finds what a misspelt name most probably means: `servce` and `Service` mean `service`, `task_definition` means
 * `task-definition`.
 * @returns `undefined` if nothing is similar
 */
export function closest(given: string, known: Iterable<string>): string | undefined {
  // A single letter is like any other. Anything long is no slip, and comparing takes quadratic time.
  if (given.length < 2 || given.length > 50) return undefined
  const distances = [...known].map((name) => ({ name, distance: distanceOf(plain(given), plain(name)) }))
  const [best] = distances.toSorted((a, b) => a.distance - b.distance)
  return best !== undefined && best.distance <= mostSlips(plain(best.name)) ? best.name : undefined
}

/** One in four letters, and fewer than there are. */
function mostSlips(name: string): number {
  return Math.min(Math.ceil(name.length / 4), name.length - 1)
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** How many characters to insert, remove, replace or swap with the next one (optimal string alignment). */
function distanceOf(one: string, other: string): number {
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1]
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      const costs = [at(row, j) + 1, at(next, j - 1) + 1, at(row, j - 1) + (same ? 0 : 1)]
      next.push(Math.min(...costs, swapped ? at(before, j - 2) + 1 : Number.POSITIVE_INFINITY))
    }
    before = row
    row = next
  }
  return at(row, other.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}
