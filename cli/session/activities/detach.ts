import { FargateLoginError } from '../../core/error.ts'
import { exitStatus } from '../../core/exit-status.ts'
import { heldProgram } from '../../core/link/hold.ts'
import type { Ending, PlannedProgram } from '../../core/plan/activity.ts'
import type { Ports } from '../ports/ports.ts'
import type { ActivityInput } from './activity.ts'
import { programOnPty } from './program.ts'
import { runProgram } from './run-program.ts'

/**
 * Starts the program on a terminal that the task holds, saves what `attach` needs, and leaves.
 * @throws FargateLoginError `session-refused` if the image cannot hold a terminal, `journal-unwritable`
 */
export async function detach(
  { command }: PlannedProgram,
  input: ActivityInput,
  { journal }: Pick<Ports, 'journal'>,
): Promise<Ending> {
  const { plan, task, link, terminal } = input
  const { connection, target } = link
  if (!connection.features.has('hold')) throw cannotHold()
  await journal.detach({
    plan,
    taskArn: task.watch.latest.arn,
    privateKey: target.privateKey,
    detached: {
      reach: { ...target.reach, user: connection.user },
      reconnectSeconds: plan.reconnectSeconds,
      ...(plan.centsPerHour !== undefined && { centsPerHour: plan.centsPerHour }),
    },
  })
  const program = heldProgram(await programOnPty(command, input), {
    name: plan.session,
    keep: true,
    leave: true,
  })
  const run = { connection, terminal, signal: task.signal, unattended: true }
  const status = exitStatus(await runProgram(program, run))
  if (status !== 0) throw notStarted(status)
  return { status: 0, task: 'leave' }
}

function notStarted(status: number): FargateLoginError {
  return new FargateLoginError(
    'session-refused',
    `The task did not start the program on a terminal (${status}).`,
    { hint: "See the line above, or the task's log." },
  )
}

function cannotHold(): FargateLoginError {
  return new FargateLoginError(
    'session-refused',
    '--detach needs an image that can hold a terminal, and this one cannot.',
    {
      hint: 'Build it from the current sshd-image/ (docs/image.md), or use --inject with that toolkit.',
    },
  )
}
