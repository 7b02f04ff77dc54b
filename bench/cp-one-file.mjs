// node bench/cp-one-file.mjs [LOOPBACK_MIB] [DELAYED_MIB] [ROUNDS] [ROUND_TRIP_MS]: copies one file with each program, in
// turn, on loopback and over the delay line, and prints the medians.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { makeRig, median, secondsOf } from './helpers/rig.mjs'

const [loopbackMib = 1024, delayedMib = 256, rounds = 3, roundTripMs = 50] = process.argv.slice(2).map(Number)
const rig = await makeRig(roundTripMs)
for (const [line, mib] of [
  ['loopback', loopbackMib],
  ['delayed', delayedMib],
]) {
  const from = rig.file('from')
  execFileSync('sh', ['-c', 'head -c "$1"M /dev/urandom >"$2"', 'sh', String(mib), from])
  for (const direction of ['download', 'upload']) {
    const times = Object.fromEntries(Object.keys(rig.programs).map((name) => [name, []]))
    for (let round = 0; round < rounds; round++) {
      for (const [name, copy] of Object.entries(rig.programs)) {
        rmSync(rig.file('to'), { force: true })
        times[name].push(secondsOf(() => copy(rig.ports[line], direction, from, rig.file('to'))))
      }
    }
    const ours = median(times['fargate-login cp'])
    console.log(
      `${mib} MiB, ${direction}, ${line === 'loopback' ? line : `${roundTripMs} ms round trip`}, median of ${rounds}:`,
    )
    for (const [name, list] of Object.entries(times)) {
      const seconds = median(list)
      const rate = `${(mib / seconds).toFixed(0)} MiB/s`
      console.log(
        `  ${name.padEnd(18)} ${seconds.toFixed(2).padStart(8)} s   ${rate.padStart(10)}   ${(seconds / ours).toFixed(2)} x`,
      )
    }
  }
}
