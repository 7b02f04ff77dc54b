import type { Duplex } from 'node:stream'
import { FargateLoginError } from '../../core/error.ts'
import { afterUse, type Ending } from '../../core/plan/activity.ts'
import { settleOnce } from '../../core/wait/settle.ts'
import type { Ports } from '../ports/ports.ts'
import type { Signals } from '../ports/signals.ts'
import type { Streams } from '../ports/terminal.ts'
import type { ActivityInput } from './activity.ts'

export const DIAL_TIMEOUT_MS = 10_000

/**
 * Carries the bytes of stock ssh, whose ProxyCommand we are. Before the first byte, it writes the key and the host key
 * that ssh reads next. Our own connection has verified that this is the task.
 * @throws FargateLoginError `connection-lost`, `journal-unwritable`
 */
export async function proxy(
  target: string,
  { plan, task, link, terminal }: ActivityInput,
  { transport, stockSsh, signals, reporter }: Pick<Ports, 'transport' | 'stockSsh' | 'signals' | 'reporter'>,
): Promise<Ending> {
  const { connection, target: login } = link
  // Only the toolkit knows the name by which stock ssh logs in.
  if (plan.reach.user === undefined && !connection.features.has('hold'))
    reporter.warn(mustLogInAs(connection.user))
  await stockSsh.write(target, { privateKey: login.privateKey, hostKey: connection.hostKey })
  const { route } = login.reach
  const bytes = await transport.dial(route, DIAL_TIMEOUT_MS, task.signal)
  reporter.debug(`proxy: connected to ${route.host}`)
  // Our own connection has done its work.
  await Promise.all([carry(bytes, terminal, signals, task.signal), connection[Symbol.asyncDispose]()])
  return { status: 0, task: afterUse(plan) }
}

/**
 * Carries bytes until sshd or ssh closes its end. Ctrl-C is meant for ssh, which then closes.
 * @throws FargateLoginError `connection-lost`, or the signal's reason
 */
export async function carry(
  bytes: Duplex,
  { stdin, stdout }: Streams,
  signals: Signals,
  signal: AbortSignal,
): Promise<void> {
  const end = new AbortController()
  using _diverted = signals.divert((name) => {
    if (name === 'SIGHUP' || name === 'SIGTERM') end.abort()
  })
  await settleOnce<void>(signal, ({ resolve, reject, afterwards }) => {
    const onError = (error: Error) => reject(lost(error))
    bytes.on('error', onError).once('close', resolve)
    stdout.once('error', () => resolve())
    end.signal.addEventListener('abort', () => resolve())
    stdin.pipe(bytes).pipe(stdout, { end: false })
    afterwards(() => {
      bytes
        .off('error', onError)
        .on('error', () => {})
        .destroy()
      stdin.destroy()
    })
  })
}

function lost({ message }: Error): FargateLoginError {
  return new FargateLoginError('connection-lost', `Lost the connection to the task: ${message}.`)
}

function mustLogInAs(user: string): string {
  return (
    `This image knows the user ${user} only. Set user: ${user} for the target in fargate-login.yaml, ` +
    'and run fargate-login ssh-config again.'
  )
}
