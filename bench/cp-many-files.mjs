// node bench/cp-many-files.mjs [FILES] [ROUNDS] [ROUND_TRIP_MS]: copies a folder of files of 4 KiB with each program, in
// turn, and prints the medians. scp is slow: it copies one file, then a fiftieth of them, and the rest is extrapolated.

import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { makeRig, median, secondsOf } from './helpers/rig.mjs'

const [files = 5000, rounds = 3, roundTripMs = 50] = process.argv.slice(2).map(Number)
const SCP_SHARE = 50
const rig = await makeRig(roundTripMs)
const all = makeFiles('all', files)
const someCount = Math.ceil(files / SCP_SHARE) + 1
const some = makeFiles('some', someCount)
const one = makeFiles('one', 1)
for (const direction of ['download', 'upload']) {
  const times = Object.fromEntries(Object.keys(rig.programs).map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, copy] of Object.entries(rig.programs)) {
      const isScp = name.startsWith('scp')
      if (isScp && round > 0) continue
      const timed = (from) => {
        rmSync(rig.file('to'), { recursive: true, force: true })
        return secondsOf(() => copy(rig.ports.delayed, direction, from, rig.file('to')))
      }
      if (isScp) {
        const first = timed(one)
        times[name].push(first + ((timed(some) - first) / (someCount - 1)) * (files - 1))
      }
      // rsync copies the content of a path that ends in a slash.
      else times[name].push(timed(name.startsWith('rsync') ? `${all}/` : all))
    }
  }
  const ours = median(times['fargate-login cp'])
  console.log(`${files} files of 4 KiB, ${direction}, ${roundTripMs} ms round trip, median of ${rounds}:`)
  for (const [name, list] of Object.entries(times)) {
    console.log(
      `  ${name.padEnd(18)} ${median(list).toFixed(2).padStart(8)} s   ${(median(list) / ours).toFixed(2)} x`,
    )
  }
}

function makeFiles(name, count) {
  mkdirSync(rig.file(name))
  for (let index = 0; index < count; index++)
    writeFileSync(rig.file(name, `file-${index}`), randomBytes(4096))
  return rig.file(name)
}
