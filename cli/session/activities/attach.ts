import type { Readable } from 'node:stream'
import { exitStatus } from '../../core/exit-status.ts'
import { heldProgram, holdState, STILL_RUNS } from '../../core/link/hold.ts'
import type { Ending } from '../../core/plan/activity.ts'
import type { Plan } from '../../core/plan/plan.ts'
import { unlessAborted } from '../../core/wait/settle.ts'
import type { Ports } from '../ports/ports.ts'
import type { Connection } from '../ports/ssh.ts'
import type { ActivityInput } from './activity.ts'
import { programOnPty } from './program.ts'
import { runReconnecting } from './reconnect.ts'

/** Shows a program that was left running, until it ends or another connection shows it. */
export async function attach(
  input: ActivityInput<Pick<Plan, 'session' | 'reconnectSeconds'>>,
  ports: Pick<Ports, 'reporter' | 'clock'>,
): Promise<Ending> {
  const { plan, link, task } = input
  const hold = { name: plan.session, from: 'recent' } as const
  const programAt = () => heldProgram(programOnPty(undefined, input), hold)
  const exit = await runReconnecting({ ...input, programAt, again: 'resume' }, ports)
  // A viewer that another one has replaced ends like one whose program ended well.
  if (await stillRuns(plan.session, link.connection, task.signal)) return { status: 0, task: 'leave' }
  return { status: exitStatus(exit), task: 'stop' }
}

async function stillRuns(session: string, connection: Connection, signal: AbortSignal): Promise<boolean> {
  await using channel = await connection.open(holdState(session), signal)
  channel.stdin.end()
  channel.stderr.resume()
  return (await unlessAborted(firstBytes(channel.stdout), signal)) === STILL_RUNS
}

/** As many as the answer has; a far end that says more says something else. */
async function firstBytes(stream: Readable): Promise<string> {
  let text = ''
  for await (const chunk of stream) {
    text += String(chunk)
    if (text.length > STILL_RUNS.length) break
  }
  return text
}
