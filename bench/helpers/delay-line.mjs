// A line with a delay: node delay-line.mjs TO_PORT DELAY_MS [TO_HOST] listens on a free port of 127.0.0.1, prints it, and passes
// bytes on, each DELAY_MS later, in both directions. It stands for netem, which not every kernel has. It limits neither
// the rate nor what is under way, except for 64 MiB in each direction.
import { connect, createServer } from 'node:net'

const [, , port, delayMs, host = '127.0.0.1'] = process.argv
const MOST_UNDER_WAY = 64 << 20

createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
  const server = connect({ port: Number(port), host, allowHalfOpen: true, noDelay: true })
  delay(client, server)
  delay(server, client)
}).listen(0, '127.0.0.1', function () {
  console.log(this.address().port)
})

function delay(from, to) {
  const queue = []
  let bytes = 0
  let timer
  const deliver = () => {
    timer = undefined
    const now = performance.now()
    while (queue.length > 0 && queue[0].due <= now + 0.5) {
      const { chunk } = queue.shift()
      if (chunk) bytes -= chunk.length
      if (chunk) to.write(chunk)
      else to.end()
    }
    if (from.isPaused() && bytes < MOST_UNDER_WAY) from.resume()
    if (queue.length > 0) timer = setTimeout(deliver, queue[0].due - now)
  }
  const enqueue = (chunk) => {
    queue.push({ due: performance.now() + Number(delayMs), chunk })
    if (chunk) bytes += chunk.length
    if (bytes > MOST_UNDER_WAY) from.pause()
    if (timer === undefined) timer = setTimeout(deliver, Number(delayMs))
  }
  from
    .on('data', enqueue)
    .on('end', () => enqueue(undefined))
    .on('error', () => to.destroy())
}
