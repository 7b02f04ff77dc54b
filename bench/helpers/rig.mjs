import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from '../../scripts/setup/root.mjs'
import { freePort } from './free-port.mjs'
import { firstLine } from './kept-task.mjs'

/**
 * An OpenSSH server on loopback, a delay line in front of it, and the programs that are compared. All of it
 * ends with this process.
 * @param {number} roundTripMs of the delay line
 */
export async function makeRig(roundTripMs) {
  const directory = mkdtempSync(join(tmpdir(), 'fargate-login-bench-'))
  const file = (...parts) => join(directory, ...parts)
  // In the tree, so that it finds ssh2.
  const client = join(root, 'node_modules', `.fargate-login-bench-${process.pid}.mjs`)
  await build({
    entryPoints: [join(root, 'bench/helpers/copy-client.ts')],
    outfile: client,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: ['ssh2'],
    banner: { js: 'const require = process.getBuiltinModule;' },
  })
  for (const name of ['host', 'user'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(name)])
  copyFileSync(file('user.pub'), file('keys'))
  const port = await freePort()
  const lines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${file('host')}`,
    `AuthorizedKeysFile ${file('keys')}`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'Subsystem sftp internal-sftp',
  ]
  writeFileSync(file('sshd_config'), `${lines.join('\n')}\n`)
  mkdirSync('/run/sshd', { recursive: true })
  const sshd = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', file('sshd_config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await once(sshd.stderr, 'data')
  const line = join(root, 'bench/helpers/delay-line.mjs')
  const delay = spawn(process.execPath, [line, String(port), String(roundTripMs / 2)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ports = { loopback: port, delayed: Number(await firstLine(delay)) }
  const close = () => {
    delay.kill()
    sshd.kill()
    rmSync(directory, { recursive: true, force: true })
    rmSync(client, { force: true })
  }
  process.once('exit', close)
  for (const one of [sshd, sshd.stderr, delay, delay.stdout]) one.unref()
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
  return { file, ports, programs: programs(client, file) }
}

/** Each takes a port, the direction, a source and a destination, and copies as a user would. */
function programs(client, file) {
  const user = userInfo().username
  const options = [
    '-i',
    file('user'),
    '-o',
    'StrictHostKeyChecking=no',
    '-o',
    'UserKnownHostsFile=/dev/null',
    '-o',
    'LogLevel=ERROR',
  ]
  const remote = (direction, from, to) =>
    direction === 'download' ? [`${user}@127.0.0.1:${from}`, to] : [from, `${user}@127.0.0.1:${to}`]
  const rsync = spawnSync('sh', ['-c', 'command -v rsync'], { encoding: 'utf8' }).stdout.trim()
  const all = {
    'fargate-login cp': (port, direction, from, to) => {
      const copy = { direction, sources: [from], destination: to }
      run(process.execPath, [client, JSON.stringify({ port, keyFile: file('user'), user, copy })])
    },
    'scp -rp': (port, ...words) => run('scp', ['-qrp', '-P', String(port), ...options, ...remote(...words)]),
    'rsync -a': (port, direction, from, to) =>
      run('rsync', [
        '-a',
        `--rsync-path=${rsync}`,
        '-e',
        `ssh -p ${port} ${options.join(' ')}`,
        ...remote(direction, from, to),
      ]),
  }
  if (rsync === '') delete all['rsync -a']
  return all
}

function run(program, args) {
  const { status, stderr } = spawnSync(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  if (status !== 0) throw new Error(`${program} ended with status ${status}: ${stderr}`)
}

/** Seconds that `act` takes. */
export function secondsOf(act) {
  const start = performance.now()
  act()
  return (performance.now() - start) / 1000
}

export function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]
}
