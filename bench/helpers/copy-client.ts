// The copy of fargate-login without the task around it: connect, copy, end. Its argument is JSON.
import { readFileSync } from 'node:fs'
import type { PlannedCopy } from '../../cli/core/copy/plan-copy.ts'
import { localFiles } from '../../cli/files/local-files.ts'
import type { ActivityInput } from '../../cli/session/activities/activity.ts'
import { copy } from '../../cli/session/activities/copy/copy.ts'
import type { Ports } from '../../cli/session/ports/ports.ts'
import { connect } from '../../cli/ssh/connect.ts'
import { clock } from '../../cli/terminal/clock.ts'
import { dialTcp } from '../../cli/transports/tcp.ts'

interface Order {
  readonly port: number
  readonly keyFile: string
  readonly user: string
  readonly copy: Pick<PlannedCopy, 'direction' | 'sources' | 'destination'>
}

const order = JSON.parse(process.argv[2] ?? '') as Order
const signal = new AbortController().signal
const host = '127.0.0.1'
const bytes = await dialTcp({ kind: 'tcp', host, port: order.port, found: 'private' }, 5_000, signal)
const privateKey = readFileSync(order.keyFile, 'utf8')
const login = { host, user: order.user, privateKey, userKey: '', hostKey: { policy: 'accept' } } as const
await using connection = await connect(bytes, login, signal)
const input = {
  plan: { session: 'bench', reconnectSeconds: 0 },
  task: { signal },
  link: { connection },
  terminal: { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr },
  environment: {},
} as unknown as ActivityInput
const reporter = {
  step() {},
  done() {},
  progress() {},
  problem: console.error,
  warn: console.error,
  debug() {},
}
const ports = { files: localFiles, reporter, clock } as unknown as Ports
const { status } = await copy({ ...order.copy, verify: false, resume: false }, input, ports)
process.exitCode = status
