// `npm start`: sets up what is missing, then runs fargate-login with the given words, or `login --local`.
import { fileURLToPath } from 'node:url'
import { ensureDist } from './setup/dist.mjs'
import { workingEngine } from './setup/engine.mjs'
import { ensureNodeModules } from './setup/node-modules.mjs'
import { ensurePackages, hasProgram } from './setup/packages.mjs'
import { say } from './setup/say.mjs'

const given = process.argv.slice(2)
const words = given.length > 0 ? given : ['login', '--local']
const own = words.slice(0, words.includes('--') ? words.indexOf('--') : undefined)

try {
  ensureNodeModules()
  ensureDist()
  // The local ECS runs tasks in containers or, without an engine, on sshd. Asking an engine takes time, sshd a look.
  const isLocal = own[0] === 'local' || own.includes('--local')
  if (isLocal && !hasProgram('sshd') && !workingEngine()) ensurePackages({ sshd: 'openssh-server' })
} catch (error) {
  say(error.message)
  process.exit(255)
}

// In this process: there is nobody between the terminal and the program who would have to pass on signals, bytes and
// the exit status.
const program = new URL('../dist/fargate-login.js', import.meta.url)
process.argv = [process.execPath, fileURLToPath(program), ...words]
await import(program.href)
