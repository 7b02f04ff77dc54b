// `npm run bench -- NAME [ARG...]` runs bench/NAME.mjs, for 30 minutes at most. Without a name, it prints the names.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { root } from './setup/root.mjs'

const LONGEST_MS = 30 * 60_000

const names = readdirSync(`${root}bench`)
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.slice(0, -'.mjs'.length))
const [name, ...words] = process.argv.slice(2)
if (!names.includes(name)) {
  console.error(`bench: ${name === undefined ? 'name a measurement' : `there is no ${name}`}. There are:`)
  console.error(names.map((one) => `  npm run bench -- ${one}`).join('\n'))
  process.exit(2)
}
const child = spawn(process.execPath, [`${root}bench/${name}.mjs`, ...words], {
  stdio: 'inherit',
  timeout: LONGEST_MS,
})
const [status, signal] = await once(child, 'exit')
if (signal) console.error(`bench: ${name} ended by ${signal}`)
process.exit(status ?? 1)
