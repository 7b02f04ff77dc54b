import { type FargateLoginError, hasCode } from '../../core/error.ts'
import { exitStatus, type RemoteExit } from '../../core/exit-status.ts'
import type { Program } from '../../core/link/program.ts'
import type { Plan } from '../../core/plan/plan.ts'
import type { Ports } from '../ports/ports.ts'
import type { Task } from '../task/task.ts'
import type { ActivityInput } from './activity.ts'
import { runProgram } from './run-program.ts'

export interface ReconnectInput extends ActivityInput<Pick<Plan, 'session' | 'reconnectSeconds'>> {
  /** What to run, after so many bytes of its output have come. */
  programAt(receivedBytes: number): Program
  /** What a connection that came back finds: the terminal as it is, a new shell, or nothing to come back to. */
  readonly again: 'resume' | 'new shell' | 'never'
}

type ReconnectPorts = Pick<Ports, 'reporter' | 'clock'>

/**
 * Runs a program on our terminal. A connection that breaks is opened again, for as long as the plan says. When the task
 * goes away under it, ECS's reason is the error.
 * @throws FargateLoginError `task-stopped`, `connection-lost`, `session-refused`, or the user's cancel
 */
export async function runReconnecting(input: ReconnectInput, ports: ReconnectPorts): Promise<RemoteExit> {
  const { task, link, terminal } = input
  let receivedBytes = 0
  const onOutput = (bytes: number) => {
    receivedBytes += bytes
  }
  for (;;) {
    try {
      const { connection } = link
      const { signal } = task
      const program = input.programAt(receivedBytes)
      const exit = await runProgram(program, { connection, terminal, signal, onOutput })
      if (mayBeTheTasksEnd(exit)) {
        ports.reporter.step('session', 'killed; asking ECS whether the task ends')
        await throwIfGone(task)
      }
      return exit
    } catch (error) {
      if (!hasCode(error, 'connection-lost')) throw error
      await reconnect(error, input, ports)
    }
  }
}

/** Opens the link again, if there is something to come back to, while ECS is asked whether the task still runs. */
async function reconnect(
  lost: FargateLoginError,
  { task, link, plan, again }: ReconnectInput,
  { reporter, clock }: ReconnectPorts,
): Promise<void> {
  const seconds = plan.reconnectSeconds
  if (seconds === 0 || again === 'never') {
    reporter.step('session', 'the connection is lost; asking ECS why')
    throw (await task.watch.whyGone(task.signal)) ?? lost
  }
  reporter.warn(`${lost.message} Trying again for ${seconds} s; Ctrl-C gives up.`)
  const lostAt = clock.now()
  const gone = new AbortController()
  const asked = task.watch.whyGone(task.signal).then((reason) => reason && gone.abort(reason))
  asked.catch(() => {})
  await link.reopen(seconds, AbortSignal.any([task.signal, gone.signal]))
  const after = `${Math.ceil((clock.now() - lostAt) / 1000)} s`
  if (again === 'resume') reporter.done('connection', `again after ${after}, to the terminal as it is`)
  else {
    reporter.warn(
      `Back after ${after}, in a new shell of the same task: the image cannot hold a terminal, so the old shell is gone, ` +
        'and with it what ran there in the foreground.',
    )
  }
}

/** A container that stops ends its sessions with these signals, which may reach us before ECS has news. */
function mayBeTheTasksEnd(exit: RemoteExit): boolean {
  return [129, 137, 143].includes(exitStatus(exit))
}

async function throwIfGone(task: Task): Promise<void> {
  const error = await task.watch.whyGone(task.signal)
  if (error) throw error
}
