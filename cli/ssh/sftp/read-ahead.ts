/** Bytes of one request. Every SFTP server answers it whole. */
const CHUNK = 32 * 1024
const MOST_REQUESTS = 64

/**
 * Reads a file until its end. Two requests are under way at first, and twice as many after each answer, so a small file
 * costs one round trip.
 * @param readAt gives fewer bytes than asked for if it likes, and none at the end of the file
 */
export async function* readAhead(
  readAt: (position: number, length: number) => Promise<Buffer>,
  from: number,
): AsyncGenerator<Buffer> {
  const started: Promise<Buffer>[] = []
  let width = 2
  for (let at = from; ; at += CHUNK) {
    while (started.length < width) {
      const reading = readAt(at + started.length * CHUNK, CHUNK)
      reading.catch(() => {})
      started.push(reading)
    }
    let bytes = (await started.shift()) ?? Buffer.alloc(0)
    for (let have = bytes.length; ; have += bytes.length) {
      if (bytes.length === 0) return
      yield bytes
      if (have >= CHUNK) break
      // Files of /proc answer with as much as they like.
      bytes = await readAt(at + have, CHUNK - have)
    }
    width = Math.min(width * 2, MOST_REQUESTS)
  }
}
