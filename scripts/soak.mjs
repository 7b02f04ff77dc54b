// `npm run soak`: logins in a row and at once, with random faults, and then nothing may be left: no task, no process,
// no open file, no file. --seed N repeats a run; --logins N, --at-once N and --minutes N bound it.
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { ensureDist } from './setup/dist.mjs'
import { root } from './setup/root.mjs'
import { startEcs } from './soak/ecs.mjs'
import { filesLeft, privateDirectoriesLeft, processesLeft } from './soak/left.mjs'
import { makeRandom, pick } from './soak/random.mjs'
import { COMMANDS, FAULTS, SIGNALS } from './soak/trouble.mjs'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    logins: { type: 'string', default: '200' },
    'at-once': { type: 'string', default: '30' },
    minutes: { type: 'string', default: '15' },
  },
})
const [seed, logins, atOnce, minutes] = ['seed', 'logins', 'at-once', 'minutes'].map((name) =>
  Number(values[name]),
)
if (![seed, logins, atOnce, minutes].every((number) => number >= 0)) {
  console.error('soak: --seed, --logins, --at-once and --minutes take a number')
  process.exit(2)
}
const deadline = Date.now() + minutes * 60_000
/** Milliseconds. No login may take longer, whatever goes wrong. */
const LONGEST = 90_000
/** Bytes of heap that one login may leave in the local ECS, which remembers its stopped tasks. */
const HEAP_PER_LOGIN = 60_000

console.log(`soak: seed ${seed}, ${logins} logins in a row, ${atOnce} at once`)
ensureDist()
const random = makeRandom(seed)
const work = mkdtempSync(join(tmpdir(), 'fargate-login-soak-'))
const mark = `SOAK_MARK=${work}`
const home = join(work, 'home')
const client = join(root, 'dist/fargate-login.js')
mkdirSync(home)
const ecs = await startEcs(work)
const problems = []
const statuses = new Map()
let done = 0

const began = Date.now()
for (let number = 0; number < 5; number++) await login(plan(false))
const before = await ecs.ask('measure')
for (let number = 0; number < logins && Date.now() < deadline; number++) await login(plan(true))
const inARow = done - 5
const between = await ecs.ask('measure')
await Promise.all(Array.from({ length: atOnce }, () => login(plan(true))))
await ecs.ask('clear')
const after = await settled()
await clearUp()
check('tasks alive', after.tasks, 0)
check('files open in the local ECS', Math.max(0, after.descriptors - before.descriptors), 0)
check('processes', processesLeft(mark).filter((pid) => Number(pid) !== ecs.pid).length, 0)
check('directories with keys', privateDirectoriesLeft(work).length, 0)
check('files of the clients', filesLeft(home).length, 0)
const grown = after.heapUsed - before.heapUsed
if (grown > HEAP_PER_LOGIN * (done + 20))
  problems.push(`the heap of the local ECS grew by ${megabytes(grown)}`)
await ecs.close()
rmSync(work, { recursive: true })

progress('')
const seconds = Math.round((Date.now() - began) / 1000)
console.log(`soak: ${inARow} logins in a row and ${done - 5 - inARow} at once in ${seconds} s`)
const counts = [...statuses].sort().map(([status, count]) => `${status} ${count}x`)
console.log(`soak: exit statuses: ${counts.join(', ')}`)
console.log(
  `soak: local ECS: RSS ${megabytes(before.rss)} -> ${megabytes(between.rss)} -> ${megabytes(after.rss)}, ` +
    `heap ${megabytes(before.heapUsed)} -> ${megabytes(after.heapUsed)}, open files ${before.descriptors} -> ${after.descriptors}`,
)
for (const problem of problems) console.log(`soak: ${problem}`)
console.log(problems.length === 0 ? 'soak: nothing is left' : `soak: FAILED; again with --seed ${seed}`)
process.exit(problems.length === 0 ? 0 : 1)

/** Everything random is drawn here, in the order of the logins, so that a seed repeats it. */
function plan(withTrouble) {
  const draws = { fault: random(), signal: random(), after: random() }
  const command = pick(random, COMMANDS)
  const fault = pick(random, FAULTS)
  const signal = pick(random, SIGNALS)
  return {
    command: withTrouble ? command : ['true'],
    ...(withTrouble && draws.fault < 0.5 && { fault }),
    ...(withTrouble && draws.signal < 0.25 && { signal, after: 200 + draws.after * 1500 }),
  }
}

/** The clients': all of one user, and of the marks by which what is left is found. */
function clientEnvironment() {
  const own = { HOME: home, TMPDIR: home, XDG_STATE_HOME: home, SOAK_MARK: work }
  return { PATH: process.env.PATH, ...ecs.environment, ...own }
}

/** A client that was killed, or whose stop was refused, has left its note, as it should; `stop --dead` clears that up. */
async function clearUp() {
  // A note without an ARN stays for a minute, in which ECS may still start what RunTask was asked for.
  for (let patience = 8; ; patience--) {
    const child = spawn(process.execPath, [client, 'stop', '--dead', '-q'], {
      env: clientEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: LONGEST,
    })
    let stderr = ''
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    const [status] = await once(child, 'close')
    if (status === 0) return
    if (patience === 0) return problems.push(`stop --dead: ${stderr.trim()}`)
    await setTimeout(10_000)
  }
}

async function login({ command, fault, signal, after }) {
  if (fault) await ecs.ask('fault', { fault })
  const bounds = ['FARGATE_LOGIN_LINGER=2', 'FARGATE_LOGIN_CONNECT_GRACE=30', mark].flatMap((one) => [
    '-e',
    one,
  ])
  const args = [client, 'exec', '-q', ...bounds, '--', ...command]
  const child = spawn(process.execPath, args, {
    env: clientEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const over = new AbortController()
  const limit = setTimeout(LONGEST, true, { signal: over.signal }).catch(() => false)
  if (signal)
    setTimeout(after, undefined, { signal: over.signal }).then(
      () => child.kill(signal),
      () => {},
    )
  const closed = once(child, 'close')
  const late = await Promise.race([limit, closed.then(() => false)])
  if (late) {
    problems.push(`a login did not end: ${command.join(' ')}, ${JSON.stringify(fault)}, ${signal}`)
    child.kill('SIGKILL')
  }
  const [status, killed] = await closed
  over.abort()
  const name = String(killed ?? status)
  statuses.set(name, (statuses.get(name) ?? 0) + 1)
  if (/\[internal\]/.test(stderr)) problems.push(stderr.trim())
  done++
  progress(`soak: ${done} logins`)
}

/** Tasks of killed clients end by their own limits. */
async function settled() {
  for (let patience = 45; ; patience--) {
    const measured = await ecs.ask('measure')
    const quiet = measured.tasks === 0 && processesLeft(mark).every((pid) => Number(pid) === ecs.pid)
    if ((quiet && measured.descriptors <= before.descriptors) || patience === 0) return measured
    await setTimeout(1000)
  }
}

function check(what, number, wanted) {
  if (number !== wanted) problems.push(`${what} left: ${number}`)
}

function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`)
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
