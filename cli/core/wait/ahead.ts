/** Works on up to `width` items at once. The results come in the order of the items. It ends when no work is under way. */
export async function* ahead<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  width: number,
  start: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const started: Promise<R>[] = []
  try {
    for await (const item of items) {
      const work = start(item)
      // An earlier error may come out first, and then this one does not matter.
      work.catch(() => {})
      started.push(work)
      const first = started.length >= width ? started.shift() : undefined
      if (first) yield await first
    }
    for (let work = started.shift(); work; work = started.shift()) yield await work
  } finally {
    await Promise.allSettled(started)
  }
}

/** Works on all items, up to `width` at once. */
export async function eachOf<T>(
  items: AsyncIterable<T> | Iterable<T>,
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  for await (const _ of ahead(items, width, work));
}
