import { spawn } from 'node:child_process'
import { Duplex, PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { programOnPty } from '../../cli/session/activities/program.ts'
import { runProgram } from '../../cli/session/activities/run-program.ts'
import { openConnection } from '../../cli/session/link/open-connection.ts'
import type { Transport } from '../../cli/session/ports/ssh.ts'
import { makeSsh } from '../../cli/ssh/ssh.ts'
import { fakePorts } from '../helpers/fake-ports.ts'
import { fakeTerminal } from '../helpers/fake-terminal.ts'
import { startSshd } from '../helpers/sshd.ts'

const NEVER = new AbortController().signal

/** Two ends in memory: what is written to one is read from the other. */
function pair(): [Duplex, Duplex] {
  const there = new PassThrough()
  const back = new PassThrough()
  return [Duplex.from({ readable: back, writable: there }), Duplex.from({ readable: there, writable: back })]
}

describe('a Transport of in-memory streams', () => {
  it('carries a shell to an sshd that sees no network', async () => {
    const ssh = makeSsh('ed25519')
    const keys = await ssh.makeKeys()
    await using sshd = await startSshd(keys)
    const transport: Transport = {
      async dial() {
        const [ours, theirs] = pair()
        const server = spawn('/usr/sbin/sshd', ['-i', '-e', '-f', sshd.configFile], {
          stdio: ['pipe', 'pipe', 'ignore'],
        })
        theirs.pipe(server.stdin)
        server.stdout.pipe(theirs)
        return ours
      },
    }
    const { hostKey, user, userKey, privateKey } = sshd.login
    const target = {
      session: 'abcdefghijkl',
      reach: { container: 'app', route: sshd.route, ...(user && { user }), userKey, hostKey },
      privateKey,
    }
    const ports = { ...fakePorts().ports, ssh, transport }
    await using connection = await openConnection(target, ports, NEVER)
    const terminal = fakeTerminal('echo "size $(stty size)"; exit 7\n')
    const program = await programOnPty('sh', { terminal, environment: {} })
    const exit = await runProgram(program, { connection, terminal, signal: NEVER })
    expect(exit).toEqual({ code: 7 })
    expect(terminal.output()).toContain('size 37 101')
  })
})
