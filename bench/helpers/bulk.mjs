// A server in a process of its own: node bulk.mjs BYTES listens on a free port of 127.0.0.1 and prints it. A client that
// sends 'g' gets that many bytes; one that sends 'p' and that many bytes gets one byte at the end of them.
import { createServer } from 'node:net'

const total = Number(process.argv[2])
const block = Buffer.alloc(1 << 20, 'x')

createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => socket.destroy())
  let seen = 0
  socket.on('data', (chunk) => {
    if (seen === 0 && chunk[0] === GET) return send(socket, total)
    seen += chunk.length
    if (seen === total + 1) socket.write('.')
  })
}).listen(0, '127.0.0.1', function () {
  console.log(this.address().port)
})

const GET = 'g'.charCodeAt(0)

/** Sends this many bytes as fast as they are taken. */
function send(socket, bytes) {
  let left = bytes
  const more = () => {
    while (left > 0) {
      const size = Math.min(left, block.length)
      left -= size
      if (!socket.write(size === block.length ? block : block.subarray(0, size))) break
    }
    if (left === 0) socket.end()
    else socket.once('drain', more)
  }
  more()
}
