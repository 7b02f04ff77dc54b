// The local ECS of the soak, in a process of its own so that its memory is its own: node --expose-gc serve.mjs BUNDLE.
import { readdirSync } from 'node:fs'

const { startLocalEcs } = await import(process.argv[2])
const ecs = await startLocalEcs({ imageDirectory: process.argv[3], runner: 'process' })

const answers = {
  fault: ({ fault }) => ecs.faults.add(fault),
  clear: () => ecs.faults.clear(),
  measure: () => {
    for (let round = 0; round < 3; round++) globalThis.gc()
    const { rss, heapUsed } = process.memoryUsage()
    return { rss, heapUsed, tasks: ecs.tasks.length, descriptors: openFiles() }
  },
  close: async () => {
    await ecs.close()
    setImmediate(() => process.disconnect())
  },
}

process.on('message', async (message) => {
  process.send({ id: message.id, answer: await answers[message.kind](message) })
})
process.send({ id: 0, answer: ecs.environment })

function openFiles() {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    return 0
  }
}
