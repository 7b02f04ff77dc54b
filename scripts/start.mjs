// `npm start`: sets up what is missing, then runs fargate-login with the given words, or `login --local`.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { ensureDist } from './setup/dist.mjs'
import { ensureNodeModules } from './setup/node-modules.mjs'
import { ensurePackages, hasProgram } from './setup/packages.mjs'
import { root } from './setup/root.mjs'
import { say } from './setup/say.mjs'

try {
  ensureNodeModules()
  ensureDist()
  // The local ECS runs tasks in containers or on sshd. Whether an engine works is its own affair; sshd is small.
  if (!hasProgram('podman') && !hasProgram('dockerd')) ensurePackages({ sshd: 'openssh-server' })
} catch (error) {
  say(error.message)
  process.exit(255)
}

const words = process.argv.slice(2)
const child = spawn(
  process.execPath,
  [`${root}dist/fargate-login.js`, ...(words.length > 0 ? words : ['login', '--local'])],
  { stdio: 'inherit' },
)
// Ctrl-C reaches the child from the terminal itself; a signal sent to us alone is handed on. Either way the child
// decides when it ends, because it has a task to stop.
process.on('SIGINT', () => {})
for (const name of ['SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name))
child.on('exit', (status, signal) => process.exit(status ?? 128 + constants.signals[signal]))
