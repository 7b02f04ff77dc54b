/** Bytes of one request. Every SFTP server takes it. */
export const CHUNK = 32 * 1024
const MOST_REQUESTS = 64

/**
 * Writes bytes at their positions, many requests at once.
 * @throws the first error of `bytes` or `writeAt`, when no request is under way
 */
export async function writeBehind(
  writeAt: (position: number, chunk: Buffer) => Promise<void>,
  bytes: AsyncIterable<Buffer>,
): Promise<void> {
  const open = new Set<Promise<void>>()
  const failures: unknown[] = []
  let position = 0
  try {
    for await (const chunk of bytes) {
      for (let at = 0; at < chunk.length; at += CHUNK) {
        const piece = chunk.subarray(at, at + CHUNK)
        const writing = writeAt(position, piece)
          .catch((error: unknown) => void failures.push(error))
          .finally(() => open.delete(writing))
        open.add(writing)
        position += piece.length
        if (open.size >= MOST_REQUESTS) await Promise.race(open)
        if (failures.length > 0) throw failures[0]
      }
    }
  } finally {
    await Promise.all(open)
  }
  if (failures.length > 0) throw failures[0]
}
