/** The first `count` bytes. A file may grow faster than it is read, so its end is not waited for. */
export async function* firstBytes(
  bytes: AsyncIterable<Buffer>,
  count: number,
  onCut: () => void,
): AsyncGenerator<Buffer> {
  let left = count
  for await (const chunk of bytes) {
    if (chunk.length <= left) yield chunk
    else if (left > 0) yield chunk.subarray(0, left)
    if (chunk.length > left) return onCut()
    left -= chunk.length
  }
}
