// node bench/kept.mjs [ROUNDS]: runs `true` in a kept task with each program, in turn. Of ours, the start of Node itself
// is taken off. Every run makes its real calls to the local ECS.
import { join } from 'node:path'
import { end, firstLine, withKeptTask } from './helpers/kept-task.mjs'
import { report } from './helpers/results.mjs'
import { median } from './helpers/rig.mjs'

const [rounds = 15] = process.argv.slice(2).map(Number)

await withKeptTask({}, async ({ directory, ours, ssh, start, time }) => {
  const socket = join(directory, 'master')
  const say = ['-o', 'PermitLocalCommand=yes', '-o', 'LocalCommand=echo up']
  const master = start(ssh('-M', '-N', '-S', socket, ...say), ['ignore', 'pipe', 'inherit'])
  try {
    await firstLine(master)
    const programs = {
      'ssh, ControlMaster': [...ssh('-S', socket), 'true'],
      'ssh, a connection of its own': [...ssh(), 'true'],
      'fargate-login exec': ours('exec', '-q', '--', 'true'),
      'node -e 0': [process.execPath, '-e', '0'],
    }
    const times = Object.fromEntries(Object.keys(programs).map((name) => [name, []]))
    // The first round fills the caches of the file system.
    for (let round = 0; round <= rounds; round++) {
      for (const [name, words] of Object.entries(programs)) {
        const milliseconds = time(words) * 1000
        if (round > 0) times[name].push(milliseconds)
      }
    }
    print(times)
  } finally {
    await end(master)
  }
})

function print({ 'node -e 0': starts, 'fargate-login exec': all, ...ssh }) {
  const node = median(starts)
  const rows = {
    ...ssh,
    'fargate-login exec, without the start of Node': all.map((one) => one - node),
    'fargate-login exec, all of it': all,
  }
  const title = `A command in a kept task, median of ${rounds}, Node starts in ${node.toFixed(0)} ms`
  report({ name: 'kept', title, unit: 'ms', digits: 0, rows })
}
