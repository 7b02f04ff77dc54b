/** The first `count` bytes. It does not wait for the end of the file, which can grow faster than it is read. */
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
