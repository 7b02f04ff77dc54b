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

/** Shows a detached program until it ends or another connection takes it over. */
export async function attach(
  input: ActivityInput<Pick<Plan, 'session' | 'reconnectSeconds'>>,
  ports: Pick<Ports, 'reporter' | 'clock'>,
): Promise<Ending> {
  const { plan, link, task } = input
  const hold = { name: plan.session, from: 'recent' } as const
  const programAt = async () => heldProgram(await programOnPty(undefined, input), hold)
  const exit = await runReconnecting({ ...input, programAt, again: 'resume', outlivesUs: true }, ports)
  // The program still runs: another viewer replaced this one. That is a success.
  if (await stillRuns(plan.session, link.connection, task.signal)) {
    ports.reporter.warn('Another connection shows the program now.')
    return { status: 0, task: 'leave' }
  }
  return { status: exitStatus(exit), task: 'stop' }
}

async function stillRuns(session: string, connection: Connection, signal: AbortSignal): Promise<boolean> {
  await using channel = await connection.open(holdState(session), signal)
  channel.stdin.end()
  channel.stderr.resume()
  const answer = await unlessAborted(firstBytes(channel.stdout), signal)
  // An answer that a lost connection cut short is not a "no", which would stop the task.
  await unlessAborted(channel.ended, signal)
  return answer === STILL_RUNS
}

/** Reads the stream to its end, and keeps as many bytes as tell the expected answer from a longer one. */
async function firstBytes(stream: Readable): Promise<string> {
  let text = ''
  for await (const chunk of stream) text = `${text}${chunk}`.slice(0, STILL_RUNS.length + 1)
  return text
}
