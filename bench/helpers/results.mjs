import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { root } from '../../scripts/setup/root.mjs'
import { median } from './rig.mjs'

/**
 * Prints the medians as a table, with each one's ratio to the first row, and writes bench/results/NAME.json.
 * @param {{ name: string, title: string, unit: string, digits?: number, rows: Record<string, number[]> }} result
 */
export function report({ name, title, unit, digits = 2, rows }) {
  const load = loadavg()[0]
  const cores = availableParallelism()
  const medians = Object.fromEntries(Object.entries(rows).map(([row, list]) => [row, median(list)]))
  const [first] = Object.values(medians)
  const width = Math.max(...Object.keys(rows).map((row) => row.length))
  console.log(`${title}:`)
  for (const [row, value] of Object.entries(medians)) {
    const ratio = `${(value / first).toFixed(2)} x`
    console.log(`  ${row.padEnd(width)}  ${value.toFixed(digits).padStart(8)} ${unit}  ${ratio.padStart(8)}`)
  }
  if (load > cores / 2) {
    console.log(`  The load was ${load.toFixed(1)} on ${cores} cores, so only the ratios mean something.`)
  }
  const folder = join(root, 'bench/results')
  mkdirSync(folder, { recursive: true })
  const json = { title, unit, load, cores, medians, values: rows }
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(json, null, 2)}\n`)
}
