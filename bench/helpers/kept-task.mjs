import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureDist } from '../../scripts/setup/dist.mjs'
import { root } from '../../scripts/setup/root.mjs'
import { startEcs } from '../../scripts/soak/ecs.mjs'

const PROGRAM = join(root, 'dist/fargate-login.js')
const DELAY_LINE = join(root, 'bench/helpers/delay-line.mjs')

/**
 * Runs `act` with a kept task of a local ECS of its own, and the words that reach its sshd: ours, and those of stock ssh
 * with the same key and the same pinned host key.
 * @param {{ roundTripMs?: number }} line a delay line in front of sshd
 */
export async function withKeptTask({ roundTripMs = 0 }, act) {
  ensureDist()
  const directory = mkdtempSync(join(tmpdir(), 'fargate-login-bench-'))
  const ecs = await startEcs(directory)
  const environment = {
    PATH: process.env.PATH,
    HOME: directory,
    XDG_STATE_HOME: directory,
    ...ecs.environment,
  }
  const start = (words, stdio = ['ignore', 'ignore', 'inherit']) =>
    spawn(words[0], words.slice(1), { env: environment, stdio })
  /** Runs it to its end. @returns seconds */
  const time = (words) => {
    const began = performance.now()
    const { status, stderr } = spawnSync(words[0], words.slice(1), { env: environment, encoding: 'utf8' })
    if (status !== 0) throw new Error(`${words.join(' ')}: status ${status}: ${stderr}`)
    return (performance.now() - began) / 1000
  }
  /** The words of fargate-login. */
  const ours = (...words) => [process.execPath, PROGRAM, ...words]
  let delay
  try {
    time(ours('up', '-q', '--keep', '1h'))
    const entry = onlyEntry(join(directory, 'fargate-login/sessions'))
    if (roundTripMs > 0) {
      delay = start(
        [process.execPath, DELAY_LINE, ...delayWords(entry, roundTripMs)],
        ['ignore', 'pipe', 'inherit'],
      )
      leadThrough(entry, Number(await firstLine(delay)))
    }
    /** The words of ssh, without the command. */
    const ssh = (...options) => ['ssh', ...options, ...sshOptions(entry, directory)]
    await act({ directory, start, time, ours, ssh })
  } finally {
    if (delay) await end(delay)
    await ecs.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** The first words that a program prints on stdout. */
export async function firstLine(child) {
  const over = once(child, 'exit').then(([status]) => {
    throw new Error(`${child.spawnargs.join(' ')} ended with status ${status}.`)
  })
  const [line] = await Promise.race([once(child.stdout, 'data'), over])
  return String(line)
}

/** Ends a program, and waits for that. */
export async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill()
  await once(child, 'exit')
}

function onlyEntry(sessions) {
  const [name] = readdirSync(sessions).filter((one) => one.endsWith('.json'))
  const file = join(sessions, name)
  const entry = JSON.parse(readFileSync(file, 'utf8'))
  return { ...entry, file, keyFile: join(sessions, `${entry.session}.key`) }
}

function delayWords({ kept }, roundTripMs) {
  const { host, port } = kept.reach.route
  return [String(port), String(roundTripMs / 2), host]
}

/** Puts the delay line in place of sshd's address, here and in the journal, where fargate-login reads it. */
function leadThrough(entry, port) {
  Object.assign(entry.kept.reach.route, { host: '127.0.0.1', port })
  const { file, keyFile: _, ...noted } = entry
  writeFileSync(file, JSON.stringify(noted))
}

function sshOptions({ kept, keyFile }, directory) {
  const { host, port } = kept.reach.route
  const knownHosts = join(directory, 'known_hosts')
  writeFileSync(knownHosts, `[${host}]:${port} ${kept.hostKey}\n`)
  const options = [
    'IdentitiesOnly=yes',
    `IdentityFile=${keyFile}`,
    `UserKnownHostsFile=${knownHosts}`,
    'StrictHostKeyChecking=yes',
    'LogLevel=ERROR',
  ].flatMap((option) => ['-o', option])
  return ['-F', 'none', ...options, '-p', String(port), `${kept.reach.user}@${host}`]
}
