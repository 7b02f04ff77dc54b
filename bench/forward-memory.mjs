// node bench/forward-memory.mjs [CONNECTIONS] [ROUNDS]: opens that many connections through a forward of each program,
// sends 64 KiB through each, leaves them open, and prints how much the program's memory (RSS) has grown for each.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { open, startBulk, startForwards } from './helpers/forwards.mjs'
import { end, withKeptTask } from './helpers/kept-task.mjs'
import { report } from './helpers/results.mjs'

const [count = 100, rounds = 3] = process.argv.slice(2).map(Number)
const BYTES = 64 << 10

await withKeptTask({}, async (task) => {
  const rows = {}
  const bulk = await startBulk(task, BYTES)
  try {
    for (let round = 0; round < rounds; round++) {
      for (const [name, { child, port }] of Object.entries(await startForwards(task, bulk.port))) {
        rows[name] ??= []
        rows[name].push((await growth(child.pid, port)) / 1e6)
        await end(child)
      }
    }
  } finally {
    await end(bulk.child)
  }
  const title = `RSS for each of ${count} open forwarded connections, median of ${rounds}`
  report({ name: 'forward-memory', title, unit: 'MB', digits: 3, rows })
})

/** @returns bytes for each connection */
async function growth(pid, port) {
  // The first connection loads what any number of them needs.
  const sockets = [await exchange(port)]
  const before = residentBytes(pid)
  while (sockets.length <= count) sockets.push(await exchange(port))
  const after = residentBytes(pid)
  for (const socket of sockets) socket.destroy()
  return (after - before) / count
}

/** Opens a connection and sends 64 KiB, which the server answers at their end. */
async function exchange(port) {
  const socket = await open(port)
  socket.write('p')
  socket.write(Buffer.alloc(BYTES, 'x'))
  await once(socket, 'data')
  return socket
}

function residentBytes(pid) {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024
}
