import { type FargateLoginError, hasCode } from '../../core/error.ts'
import { exitStatus, type RemoteExit } from '../../core/exit-status.ts'
import type { Program } from '../../core/link/program.ts'
import type { Plan } from '../../core/plan/plan.ts'
import { settleOnce } from '../../core/wait/settle.ts'
import type { Ports } from '../ports/ports.ts'
import type { Connection } from '../ports/ssh.ts'
import type { Task } from '../task/task.ts'
import type { ActivityInput } from './activity.ts'
import { type RunInput, runProgram } from './run-program.ts'

export interface ReconnectInput extends ActivityInput<Pick<Plan, 'session' | 'reconnectSeconds'>> {
  /** The program to run after this many bytes of its output have arrived. */
  programAt(receivedBytes: number): Promise<Program>
  /** What a reopened connection does: resume the terminal or the copy, start a new shell, or it is not reopened at all. */
  readonly again: 'resume' | 'new shell' | 'copy' | 'forwards' | 'never'
  readonly outlivesUs?: RunInput['outlivesUs']
}

export type ReopenInput = Pick<ReconnectInput, 'task' | 'link' | 'plan' | 'again'>

type ReconnectPorts = Pick<Ports, 'reporter' | 'clock'>

/**
 * Runs a program on our terminal and reopens a broken connection for as long as the plan allows. If the task has gone,
 * the error is the reason that ECS gives.
 * @throws FargateLoginError `task-stopped`, `connection-lost`, `session-refused`, or the user's cancel
 */
export async function runReconnecting(input: ReconnectInput, ports: ReconnectPorts): Promise<RemoteExit> {
  const { task, link, terminal, outlivesUs } = input
  let receivedBytes = 0
  const onOutput = (bytes: number) => {
    receivedBytes += bytes
  }
  for (;;) {
    try {
      const { connection } = link
      const { signal } = task
      const program = await input.programAt(receivedBytes)
      const exit = await runProgram(program, { connection, terminal, signal, onOutput, outlivesUs })
      if (mayBeTheTasksEnd(exit)) {
        ports.reporter.step('session', 'The program was killed; asking ECS whether the task is stopping')
        await throwIfGone(task)
      }
      return exit
    } catch (error) {
      if (!hasCode(error, 'connection-lost')) throw error
      await reconnect(error, input, ports)
    }
  }
}

/**
 * Holds the link open, and reopens it when it breaks.
 * @throws FargateLoginError when it is lost for good, or the signal's reason
 */
export async function holdOpen(
  input: Omit<ReopenInput, 'again'>,
  ports: ReconnectPorts,
  signal: AbortSignal = input.task.signal,
): Promise<never> {
  for (;;) {
    const lost = await untilLost(input.link.connection, signal)
    await reconnect(lost, { ...input, again: 'forwards' }, ports, signal)
  }
}

function untilLost({ lost }: Connection, signal: AbortSignal): Promise<FargateLoginError> {
  return settleOnce(signal, ({ resolve, afterwards }) => {
    const onLost = () => resolve(lost.reason)
    if (lost.aborted) return onLost()
    lost.addEventListener('abort', onLost)
    afterwards(() => lost.removeEventListener('abort', onLost))
  })
}

/** Reopens the link, if that makes sense for the program, and asks ECS at the same time whether the task still runs. */
export async function reconnect(
  lost: FargateLoginError,
  { task, link, plan, again }: ReopenInput,
  { reporter, clock }: ReconnectPorts,
  signal: AbortSignal = task.signal,
): Promise<void> {
  const seconds = plan.reconnectSeconds
  if (seconds === 0 || again === 'never') {
    reporter.step('session', 'Connection lost; asking ECS for the reason')
    throw (await task.watch.whyGone(signal)) ?? lost
  }
  // A script does not see progress, and the open connections of its clients are lost.
  if (again === 'forwards') reporter.warn(lost.message)
  else reporter.debug(lost.message)
  const lostAt = clock.now()
  const gone = new AbortController()
  const asked = task.watch.whyGone(signal).then((reason) => reason && gone.abort(reason))
  asked.catch(() => {})
  await link.reopen(seconds, AbortSignal.any([signal, gone.signal]))
  const after = `${Math.ceil((clock.now() - lostAt) / 1000)} s`
  if (again === 'resume') reporter.done('connection', `Reconnected after ${after}; nothing was lost`)
  else if (again === 'forwards')
    reporter.done('connection', `Reconnected after ${after}; forwards are up again`)
  else if (again === 'copy') reporter.done('connection', `Reconnected after ${after}; the copy continues`)
  else {
    reporter.warn(
      `Reconnected after ${after} in a new shell: this image cannot hold a terminal. ` +
        'The old shell and its foreground program are gone.',
    )
  }
}

/** A stopping container ends its sessions with these signals, which can arrive before ECS reports the stop. */
function mayBeTheTasksEnd(exit: RemoteExit): boolean {
  return [129, 137, 143].includes(exitStatus(exit))
}

async function throwIfGone(task: Task): Promise<void> {
  const error = await task.watch.whyGone(task.signal)
  if (error) throw error
}
