// node bench/forward.mjs [LOOPBACK_MIB] [DELAYED_MIB] [ROUNDS] [ROUND_TRIP_MS]: sends that much through one forwarded
// connection of each program, both ways and in turn, on loopback and over the delay line, to the same sshd.
import { once } from 'node:events'
import { open, startBulk, startForwards } from './helpers/forwards.mjs'
import { end, withKeptTask } from './helpers/kept-task.mjs'
import { report } from './helpers/results.mjs'

const [loopbackMib = 1024, delayedMib = 128, rounds = 3, delayMs = 50] = process.argv.slice(2).map(Number)

await measureLine({ name: 'loopback', mib: loopbackMib, roundTripMs: 0 })
await measureLine({ name: `${delayMs} ms round trip`, mib: delayedMib, roundTripMs: delayMs })

async function measureLine({ name, mib, roundTripMs }) {
  if (mib === 0) return
  await withKeptTask({ roundTripMs }, async (task) => {
    const bulk = await startBulk(task, mib * (1 << 20))
    const forwards = await startForwards(task, bulk.port)
    try {
      for (const [direction, act] of Object.entries({ download, upload })) {
        const rows = await measure((port) => act(port, mib), forwards)
        const title = `${mib} MiB through a forward, ${name}, ${direction}, median of ${rounds}`
        report({ name: `forward-${name.replaceAll(' ', '-')}-${direction}`, title, unit: 's', rows })
      }
    } finally {
      for (const { child } of [...Object.values(forwards), bulk]) await end(child)
    }
  })
}

async function measure(act, forwards) {
  const rows = Object.fromEntries(Object.keys(forwards).map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, { port }] of Object.entries(forwards)) {
      const began = performance.now()
      await act(port)
      rows[name].push((performance.now() - began) / 1000)
    }
  }
  return rows
}

async function download(port, mib) {
  const socket = await open(port)
  let seen = 0
  socket.on('data', (chunk) => {
    seen += chunk.length
  })
  socket.write('g')
  await once(socket, 'end')
  socket.destroy()
  if (seen !== mib * (1 << 20)) throw new Error(`${seen} bytes arrived instead of ${total}.`)
}

async function upload(port, mib) {
  const socket = await open(port)
  const block = Buffer.alloc(1 << 20, 'x')
  socket.write('p')
  for (let left = mib; left > 0; left--) if (!socket.write(block)) await once(socket, 'drain')
  const [answer] = await once(socket, 'data')
  socket.destroy()
  if (String(answer) !== '.') throw new Error('Not everything arrived.')
}
