import { exitStatus } from '../../core/exit-status.ts'
import { heldProgram } from '../../core/link/hold.ts'
import { afterUse, type Ending, type PlannedProgram } from '../../core/plan/activity.ts'
import type { Ports } from '../ports/ports.ts'
import type { ActivityInput } from './activity.ts'
import { programFor, programOnPty } from './program.ts'
import { runReconnecting } from './reconnect.ts'

/**
 * Runs a program and waits for its end: login, exec, rails, run. A terminal that the image can hold survives a lost
 * connection.
 * @throws FargateLoginError `task-stopped`, `connection-lost`, `session-refused`, or the user's cancel
 */
export async function attend(program: PlannedProgram, input: ActivityInput, ports: Ports): Promise<Ending> {
  const { plan, link } = input
  const held = program.pty && plan.reconnectSeconds > 0 && link.connection.features.has('hold')
  const programAt = async (receivedBytes: number) =>
    held
      ? heldProgram(await programOnPty(program.command, input), { name: input.name, from: receivedBytes })
      : programFor(program, input)
  // A command may be half done. Only its user knows whether it can safely run twice.
  const again = held ? 'resume' : program.pty && program.command === undefined ? 'new shell' : 'never'
  const exit = await runReconnecting({ ...input, programAt, again }, ports)
  return { status: exitStatus(exit), task: afterUse(plan) }
}
